package dev.vitrine.rulebook.assist;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Helps to write rules in an editor. */
@Path("/rulebook")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
public final class AssistResource {
    static final int VALUES_MAX = 1_000;
    static final int VALUES_USUAL = 50;
    private static final int PART_MAX = 200;

    private final ShopKnowledge shop;
    private final RuleTexts texts;
    private final Completions completions;
    private final Hovers hovers;

    AssistResource(ShopKnowledge shop, RuleTexts texts) {
        this.shop = shop;
        this.texts = texts;
        this.completions = new Completions(shop, texts);
        this.hovers = new Hovers(shop, texts);
    }

    @Schema(name = "Vocabulary", description = "Everything that a rule can be written with")
    record VocabularyAnswer(
            List<FactAnswer> facts,
            List<OperatorAnswer> operators,
            List<VerbAnswer> verbs,
            @Schema(description = "Groups, shares over time, displays, and what variety is counted by")
                    List<FunctionAnswer> functions,
            ShopValues values) {}

    @Schema(name = "VocabularyFact")
    record FactAnswer(
            String name,
            String meaning,
            @Schema(description = "How many a decision can have") int atMost,
            List<WordAnswer> words) {
        static FactAnswer of(Glossary.Fact fact) {
            return new FactAnswer(
                    fact.name(),
                    fact.meaning(),
                    fact.atMost(),
                    fact.words().stream().map(WordAnswer::of).toList());
        }
    }

    @Schema(name = "VocabularyWord")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record WordAnswer(
            String name,
            @Schema(description = "With its arguments", examples = "within( path )") String signature,
            String type,
            @Schema(description = "The values that it can have, where they can be listed") List<String> choices,
            String meaning,
            @Schema(description = "Of a number: in what it is counted") String unit,
            String example,
            @Schema(description = "Which values of the shop it names, such as category") String values) {
        static WordAnswer of(Glossary.Word word) {
            return new WordAnswer(
                    word.name(),
                    word.signature(),
                    Glossary.type(word.type()),
                    Glossary.choices(word.type()),
                    word.meaning(),
                    word.unit(),
                    word.example(),
                    word.values() == null
                            ? null
                            : word.values().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    @Schema(name = "VocabularyOperator")
    record OperatorAnswer(String name, String meaning) {
        static OperatorAnswer of(Map.Entry<String, String> operator) {
            return new OperatorAnswer(operator.getKey(), operator.getValue());
        }
    }

    @Schema(name = "VocabularyVerb")
    record VerbAnswer(String name, String signature, String meaning, String example) {
        static VerbAnswer of(Glossary.Verb verb) {
            return new VerbAnswer(verb.name(), verb.signature(), verb.meaning(), verb.example());
        }
    }

    @Schema(name = "VocabularyFunction")
    record FunctionAnswer(
            String name,
            String signature,
            @Schema(description = "What it names", examples = "Group") String type,
            String meaning,
            String example) {
        static FunctionAnswer of(Glossary.Function function) {
            return new FunctionAnswer(
                    function.name(),
                    function.signature(),
                    function.type().getSimpleName(),
                    function.meaning(),
                    function.example());
        }
    }

    @GET
    @Path("/vocabulary")
    @Operation(
            summary =
                    "Everything that a rule can be written with: facts and their words, verbs, and values of the shop",
            description = "Each list of values has the most used first.")
    public VocabularyAnswer vocabulary(
            @Parameter(description = "Only values of the shop that contain this text") @QueryParam("q") String q,
            @Parameter(
                            description = "How many values of each kind, 1 to " + VALUES_MAX + "; " + VALUES_USUAL
                                    + " when absent")
                    @QueryParam("limit")
                    Integer limit) {
        String part = q == null ? "" : Check.text("q", q, PART_MAX);
        int most = limit == null ? VALUES_USUAL : Check.whole("limit", limit, 1, VALUES_MAX);
        Glossary glossary = Glossary.get();
        return new VocabularyAnswer(
                glossary.facts().stream().map(FactAnswer::of).toList(),
                Prose.OPERATORS.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(OperatorAnswer::of)
                        .toList(),
                glossary.verbs().stream().map(VerbAnswer::of).toList(),
                glossary.functions().stream().map(FunctionAnswer::of).toList(),
                shop.values().with(part, most));
    }

    @Schema(name = "VocabularyProducts")
    record FoundProducts(
            @Schema(description = "First those whose sku begins with the text, then those whose name has its words")
                    List<KnownProduct> products) {}

    @GET
    @Path("/vocabulary/products")
    @Operation(
            summary = "Products that a rule can name, by the begin of their sku or by words of their name",
            description = "The last word may be half-written. A product that was just stored is found a second later.")
    public FoundProducts products(
            @Parameter(description = "The begin of a sku, or words of a name; the first skus when absent")
                    @QueryParam("q")
                    String q,
            @Parameter(description = "How many, 1 to " + VALUES_MAX + "; " + Completions.PRODUCTS_MAX + " when absent")
                    @QueryParam("limit")
                    Integer limit) {
        String part = q == null ? "" : Check.text("q", q, PART_MAX);
        int most = limit == null ? Completions.PRODUCTS_MAX : Check.whole("limit", limit, 1, VALUES_MAX);
        return new FoundProducts(shop.products(part, most));
    }

    @Schema(name = "RulePlace", description = "A place in a text that need not be complete, nor saved")
    record Place(
            @Schema(description = "Of the file, below the rules folder", examples = "timing/hesitation.drl")
                    String path,
            @Schema(description = "The whole file, as it stands in the editor") String text,
            @Schema(description = "From 1") Integer line,
            @Schema(description = "From 1, in UTF-16 units; the place is before this character") Integer column) {
        static Place checked(Place asked, RuleTexts texts) {
            Check.required("body", asked);
            RulePath.objection(Check.required("path", asked.path())).ifPresent(objection -> {
                throw new ProblemException("path", objection);
            });
            List<String> book = texts.rules().stream().map(RuleCard::file).toList();
            RulePath.outside(asked.path(), book).ifPresent(objection -> {
                throw new ProblemException("path", objection);
            });
            if (Check.required("text", asked.text()).length() > RuleFile.BYTES_MAX) {
                throw new ProblemException("text", "has more than " + RuleFile.BYTES_MAX + " characters");
            }
            Check.whole("line", Check.required("line", asked.line()), 1, RuleFile.BYTES_MAX);
            Check.whole("column", Check.required("column", asked.column()), 1, RuleFile.BYTES_MAX);
            return asked;
        }
    }

    @Schema(name = "RuleCompletions")
    record Proposed(
            @Schema(description = "At most " + Offer.MOST + ", what begins with the typed text first")
                    List<Completion> proposals) {}

    @POST
    @Path("/complete")
    @Operation(
            summary = "What can be written at a place of a rule file or of an examples file",
            description = "The text may be half-written. Nothing is compiled.")
    public Proposed complete(Place asked) {
        Place place = Place.checked(asked, texts);
        return new Proposed(completions.at(place.path(), place.text(), place.line(), place.column()));
    }

    @Schema(name = "RuleHover")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hovered(@Schema(description = "Absent where nothing is known") Hover hover) {}

    @POST
    @Path("/hover")
    @Operation(
            summary = "What is known of the word at a place: a word, a fact, a verb, a value, a campaign or a rule",
            description = "The text may be half-written. Nothing is compiled.")
    public Hovered hover(Place asked) {
        Place place = Place.checked(asked, texts);
        return new Hovered(hovers.at(place.path(), place.text(), place.line(), place.column())
                .orElse(null));
    }
}

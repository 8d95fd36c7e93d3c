package dev.vitrine.rulebook.publish;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleDifference;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.Transactions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All editions that were ever published or staged, what each changed, and how to restore one. */
@Path("/rulebook/editions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class EditionResource {
    private static final int LIMIT_MAX = 100;
    private static final int LIMIT = 20;
    /** As many as a rule book may have. */
    private static final int RULES_MAX = 1_000;

    private static final int RULE_NAME_MAX = 1_000;

    private final EditionRepository editions;
    private final Transactions transactions;
    private final Rulebook rulebook;
    private final TakingBack back;
    private final Caller caller;

    EditionResource(
            EditionRepository editions, Transactions transactions, Rulebook rulebook, TakingBack back, Caller caller) {
        this.editions = editions;
        this.transactions = transactions;
        this.rulebook = rulebook;
        this.back = back;
        this.caller = caller;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Edition", description = "An edition; what it says never changes")
    record EditionAnswer(
            int edition,
            boolean live,
            @Schema(
                            description =
                                    "published, staged, or what became of a staged one: promoted, withdrawn. Withdrawn is also what was"
                                            + " live on one instance only, while the database was away")
                    StoredEdition.State state,
            OffsetDateTime publishedAt,
            String author,
            String note,
            String hash,
            @Schema(description = "Rules that it added, changed, moved or deleted") List<RuleChange> changes,
            @Schema(description = "Warnings of the check when it was published") List<RuleProblem> warnings,
            @Schema(description = "Absent in the list of editions") List<RuleFile> files) {}

    @Schema(name = "Editions", description = "Newest first")
    record Page(List<EditionAnswer> editions) {}

    @GET
    @Operation(
            summary = "The editions, newest first",
            description = "'limit' is 1 to 100 (20 when absent); 'before' continues from the last edition of a page.")
    public Page editions(@QueryParam("limit") Integer limit, @QueryParam("before") Integer before) {
        int most = Check.whole("limit", requireNonNullElse(limit, LIMIT), 1, LIMIT_MAX);
        int end = Check.whole("before", requireNonNullElse(before, Integer.MAX_VALUE), 1, Integer.MAX_VALUE);
        List<Integer> numbers = transactions.call(() -> editions.numbersBefore(end, most));
        return new Page(transactions.readable("edition, without files", numbers, editions::list).stream()
                .map(edition -> shown(edition, null))
                .toList());
    }

    @GET
    @Path("/{number}")
    @Operation(summary = "An edition with its files")
    public EditionAnswer edition(@PathParam("number") int number) {
        StoredEdition edition = stored(number, "number");
        return shown(edition, edition.files());
    }

    /** The difference between two editions; {@code files} includes examples. */
    @Schema(name = "EditionChanges")
    record Changes(int since, int edition, List<RuleDifference> rules, List<String> files) {}

    @GET
    @Path("/{number}/changes")
    @Operation(
            summary = "What an edition changed, by rule and by word",
            description = "'since' is the edition that it is compared with, the one before it when absent.")
    public Changes changes(@PathParam("number") int number, @QueryParam("since") Integer since) {
        StoredEdition later = stored(number, "number");
        StoredEdition earlier = since == null
                ? transactions
                        .call(() -> editions.before(number))
                        .orElse(new StoredEdition(0, null, "", "", "", List.of()))
                : stored(Check.whole("since", since, 1, Integer.MAX_VALUE), "since");
        return new Changes(
                earlier.number(),
                number,
                RuleDifference.between(earlier.files(), later.files()),
                RuleChange.files(earlier.files(), later.files()));
    }

    @Schema(name = "Restoration")
    record Restoring(
            @Schema(description = "Why, in at most 500 characters") String note,
            @Schema(description = RulebookResource.ACCEPT) String accept,
            @Schema(description = "Names of rules, to restore only these; the whole edition when absent")
                    List<String> rules,
            @Schema(description = "true restores an edition that was never live for all") Boolean confirm) {}

    @POST
    @Path("/{number}/restore")
    @Operation(
            summary = "Publishes the files of an earlier edition again, or some of its rules, as the next edition",
            description = "They go through the same checks as any others. With 'rules', only these go back to what they"
                    + " were, with their examples; all else stays. The body may be left out.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Publication.Published.class)))
    @APIResponse(responseCode = "404", description = "There is no such edition, or it has no such rule")
    @APIResponse(responseCode = "409", description = "The edition was never live for all, and 'confirm' is not true")
    @APIResponse(responseCode = "422", description = "The rules have faults; the answer has all of them")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Restoring.class)))
    @Consumes(MediaType.WILDCARD) // going back is not the moment to think of a content type
    public Publication.Published restore(@PathParam("number") int number, String body)
            throws InvalidRulesException, JsonProcessingException {
        Restoring asked = read(body, Restoring.class, new Restoring(null, null, null, null));
        List<String> rules = Check.names("rules", asked.rules(), RULES_MAX, RULE_NAME_MAX);
        if (asked.rules() != null && rules.isEmpty()) {
            throw new ProblemException("rules", "is empty; leave it out to restore the whole edition");
        }
        return back.restore(
                number,
                rules.stream().distinct().toList(),
                Boolean.TRUE.equals(asked.confirm()),
                RulebookResource.as(caller, asked.note(), "").accepting(RulebookResource.accepted(asked.accept())));
    }

    @Schema(name = "Undoing")
    record Undoing(
            @Schema(description = "Why, in at most 500 characters") String note,
            @Schema(description = RulebookResource.ACCEPT) String accept) {}

    @POST
    @Path("/{number}/undo")
    @Operation(
            summary = "Takes back what an edition changed, and leaves what later ones changed, as the next edition",
            description = "Rule by rule, also within one file. 'unchanged' if all that it changed is gone already. The"
                    + " body may be left out.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Publication.Published.class)))
    @APIResponse(
            responseCode = "409",
            description = "A later edition changed one of its rules again; the answer has the texts. Or the edition is"
                    + " the first one, or was never live for all",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = RefusedRules.class)))
    @APIResponse(responseCode = "422", description = "The rules have faults; the answer has all of them")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Undoing.class)))
    @Consumes(MediaType.WILDCARD)
    public Publication.Published undo(@PathParam("number") int number, String body)
            throws InvalidRulesException, EditConflictException, JsonProcessingException {
        Undoing why = read(body, Undoing.class, new Undoing(null, null));
        return back.undo(
                number, RulebookResource.as(caller, why.note(), "").accepting(RulebookResource.accepted(why.accept())));
    }

    private static <T> T read(String body, Class<T> type, T otherwise) throws JsonProcessingException {
        return body == null || body.isBlank() ? otherwise : Check.required("body", Json.MAPPER.readValue(body, type));
    }

    private StoredEdition stored(int number, String field) {
        return transactions
                .call(() -> editions.edition(number))
                .orElseThrow(() -> Rulebook.noEdition(number, field, 404));
    }

    private EditionAnswer shown(StoredEdition edition, List<RuleFile> files) {
        return new EditionAnswer(
                edition.number(),
                edition.number() == rulebook.live().number(),
                edition.state(),
                edition.publishedAt().atOffset(ZoneOffset.UTC),
                edition.author(),
                edition.note(),
                edition.hash(),
                edition.changes(),
                edition.warnings(),
                files);
    }
}

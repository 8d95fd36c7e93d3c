package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.ShortNumber;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a change of rules would do to lists: to recent ones, and to those that every shop shows where there are few recent ones. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Reach")
public record Reach(
        @Schema(description = "Lists that were made with the live rules and with the change") int lists,
        @Schema(description = "Of these, made up: pages that every shop has, since there were few recent decisions")
                int madeUp,
        @Schema(description = "The moment as of which rules were tried, where a rule of the change begins later")
                OffsetDateTime asOf,
        @Schema(description = "Lists that show something else with the change, all of it") int moved,
        @Schema(
                        description =
                                "What the change adds to the expected orders of all lists that were tried, as a share of them; negative where it costs")
                double orders,
        @Schema(description = "The same of what is left of the prices after cost") double margin,
        @Schema(description = "Each new, changed or deleted rule, the one that changes most lists first")
                List<RuleReach> rules,
        @Schema(description = "Lists that the change makes worse; absent where there is none") Harm harm) {

    public Reach {
        orders = ShortNumber.rounded(orders);
        margin = ShortNumber.rounded(margin);
        rules = List.copyOf(rules);
    }

    /** Whether it needs a reason to be published. */
    public boolean refused() {
        return harm != null && harm.refused();
    }

    /**
     * What one rule does: if it is all that changes, lists with the change against lists of now; else lists with the rule against
     * lists without it. {@code orders} and {@code margin} are by the model's chances and
     * the conversions of before.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RuleReach")
    public record RuleReach(
            String rule,
            RuleChange.Change change,
            @Schema(description = "Lists on which it reads or proposes something, now or with the change") int touched,
            @Schema(description = "Lists that show something else because of it") int moved,
            @Schema(description = "Lists that are empty because of it") int emptied,
            @Schema(description = "Lists that are at most half as long because of it") int shortened,
            @Schema(
                            description =
                                    "What it adds to the expected orders of all lists that were tried, as a share of them; negative where it costs. For a deleted rule, what deleting it adds")
                    double orders,
            @Schema(description = "The same of what is left of the prices after cost") double margin,
            @Schema(description = "Of a rule that guarantees shares: how often it does, and how often it keeps them")
                    Promise promise,
            @Schema(description = "Where few lists meet what it asks of the visit: what it does as if they all did")
                    AsIf asIf,
            @Schema(description = "The same in sentences") String says) {
        public RuleReach {
            orders = ShortNumber.rounded(orders);
            margin = ShortNumber.rounded(margin);
        }
    }

    /** What became of the shares that a rule guarantees in a list. */
    @Schema(name = "ReachPromise")
    public record Promise(
            @Schema(description = "Lists in which it guarantees a share that asks for something") int lists,
            @Schema(description = "Lists in which all of it is delivered") int kept) {}

    /** What a rule does on lists that do not meet what it asks of the visit, as if they did. */
    @Schema(name = "ReachAsIf")
    public record AsIf(
            @Schema(description = "What it asks of the visit, as parts of its condition") List<String> conditions,
            @Schema(description = "Lists on which it was tried so") int lists,
            int touched,
            int moved,
            int emptied,
            int shortened) {
        public AsIf {
            conditions = List.copyOf(conditions);
        }
    }

    /** Lists that are empty, at most half as long, or degraded, and are none of it with the live rules. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ReachHarm")
    public record Harm(
            int lists,
            @Schema(description = "Of all lists that were tried") double share,
            @Schema(description = "From here on a change is refused, unless 'accept' says why (vitrine.reach.harm-max)")
                    double limit,
            int emptied,
            int shortened,
            @Schema(description = "Lists on which rules fail, or take too long") int degraded,
            @Schema(
                            description =
                                    "Lists in whose place another module is shown (a comparison, a guide), where these are more than half of all. That is refused, too")
                    int replaced,
            boolean refused,
            @Schema(
                            description =
                                    "Rules that would leave at least half of all lists empty or at most half as long if what they ask of the visit held. One is enough for a refusal")
                    List<Emptying> emptying,
            @Schema(description = "At most three") List<Example> examples) {
        /** A rule, or several that ask the same of the visit and so hold at the same time. */
        @Schema(name = "ReachEmptying")
        public record Emptying(
                List<String> rules,
                @Schema(description = "What they ask of the visit") List<String> conditions,
                @Schema(description = "Lists on which it was tried as if that held") int lists,
                int emptied,
                int shortened) {
            public Emptying {
                rules = List.copyOf(rules);
                conditions = List.copyOf(conditions);
            }
        }

        /** One of these lists. */
        @Schema(name = "ReachExample")
        public record Example(
                String placement,
                @Schema(description = "The page, such as 'product mat-pro' or 'category sport/yoga'") String page,
                @Schema(description = "Items with the live rules") int live,
                @Schema(description = "Items with the change") int draft) {}

        public Harm {
            emptying = List.copyOf(emptying);
            share = ShortNumber.rounded(share);
            examples = List.copyOf(examples);
        }
    }
}

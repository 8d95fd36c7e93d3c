package dev.vitrine.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.dryrun.ProductTrace;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a decision showed a product, or did not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ProductWhy")
record ProductWhy(
        String decisionId,
        @Schema(description = "The edition that decided") int edition,
        String sku,
        ProductState state,
        @Schema(description = "The same in one sentence, for people") String sentence,
        @Schema(description = "The place on the list, from 1; absent where it is not shown") Integer position,
        @Schema(description = "The places of the list") Integer places,
        @Schema(description = "The rank that the model gave it, from 1; absent for what the model did not propose")
                Integer modelRank,
        @Schema(description = "The model's score") Double modelScore,
        @Schema(description = "The model's score times all boosts") Double score,
        @Schema(description = "Rank by that score among the candidates that no rule hides") Integer rank,
        @Schema(description = "The shown product with the lowest score: what it was compared with")
                ProductTrace.Last last,
        @Schema(
                        description =
                                "By how much its score would have to be multiplied to reach the last one; absent where"
                                        + " its score would do")
                Double lacks,
        @Schema(description = "What rules proposed for it, or for groups that it belongs to")
                List<ProductTrace.Effect> rules,
        @Schema(description = "Rules without which it would be shown, each by itself; absent where there are none")
                List<ProductTrace.Instead> without,
        @Schema(description = "Why it was no candidate; absent where it was one") Absence absence,
        @Schema(
                        description =
                                "Why the numbers may differ a little from the decision's own; absent where settling it"
                                        + " again gave the same list")
                String note) {

    /** Why a product was not among the candidates. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ProductAbsence")
    record Absence(
            Cause cause,
            @Schema(description = "The sku that was probably meant; absent where none is near") String nearest) {}

    enum Cause {
        NOT_IN_CATALOG,
        LEFT_OUT,
        NOT_LAUNCHED,
        IN_CART,
        BOUGHT,
        PAGE,
        NOT_SENT,
        SERVICE_DID_NOT_PROPOSE,
        OTHER_CATEGORY,
        /** The page was a search, and its words do not find it. */
        OTHER_WORDS,
        MODEL_DID_NOT_PROPOSE,
        /** A candidate, but only for pins and displays. */
        ONLY_EXTRA,
        UNKNOWN
    }

    /** Fills in what the state calls for; what is not set is absent. */
    static final class Builder {
        private final String decisionId;
        private final int edition;
        private final String sku;
        private Integer position;
        private Integer places;
        private Integer modelRank;
        private Double modelScore;
        private Double score;
        private Integer rank;
        private ProductTrace.Last last;
        private Double lacks;
        private List<ProductTrace.Effect> rules;
        private List<ProductTrace.Instead> without;
        private Absence absence;
        private String note;

        Builder(String decisionId, int edition, String sku) {
            this.decisionId = decisionId;
            this.edition = edition;
            this.sku = sku;
        }

        Builder position(Integer value) {
            position = value;
            return this;
        }

        Builder places(Integer value) {
            places = value;
            return this;
        }

        Builder model(Integer rankOfModel, Double scoreOfModel) {
            modelRank = rankOfModel;
            modelScore = scoreOfModel;
            return this;
        }

        Builder score(Double value) {
            score = value;
            return this;
        }

        Builder rank(Integer value) {
            rank = value;
            return this;
        }

        Builder last(ProductTrace.Last value) {
            last = value;
            return this;
        }

        Builder lacks(Double value) {
            lacks = value;
            return this;
        }

        Builder rules(List<ProductTrace.Effect> value) {
            rules = value.isEmpty() ? null : value;
            return this;
        }

        Builder without(List<ProductTrace.Instead> value) {
            without = value.isEmpty() ? null : value;
            return this;
        }

        Builder absence(Absence value) {
            absence = value;
            return this;
        }

        Builder note(String value) {
            note = value;
            return this;
        }

        ProductWhy because(ProductState state, String sentence) {
            return new ProductWhy(
                    decisionId,
                    edition,
                    sku,
                    state,
                    sentence,
                    position,
                    places,
                    modelRank,
                    modelScore,
                    score,
                    rank,
                    last,
                    lacks,
                    rules,
                    without,
                    absence,
                    note);
        }
    }
}

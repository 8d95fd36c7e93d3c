package dev.vitrine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import org.junit.jupiter.api.Test;

class WithoutShopperTest {
    @Test
    void whatWasOrderedLastIsNotToldByCandidates() throws Exception {
        ObjectNode explanation = (ObjectNode)
                Json.MAPPER.readTree(
                        """
                {"decisionId": "d", "shopper": "s", "facts": {"shopper": {"orders": 1}, "visit": {}, "candidates": [
                  {"sku": "a", "variantTo": ["last-order"], "complementTo": ["page", "last-order"]},
                  {"sku": "b", "substituteTo": ["last-order", "cart"]},
                  {"sku": "c"}]}}""");
        assertThat(DecisionResource.withoutShopper(explanation))
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                                {"decisionId": "d", "facts": {"visit": {}, "candidates": [
                                  {"sku": "a", "complementTo": ["page"]}, {"sku": "b", "substituteTo": ["cart"]},
                                  {"sku": "c"}]}}"""));
    }
}

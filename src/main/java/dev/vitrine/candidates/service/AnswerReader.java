package dev.vitrine.candidates.service;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.candidates.service.ModelServiceException.Outcome;
import dev.vitrine.candidates.service.RemoteAnswer.Scored;
import dev.vitrine.candidates.service.RemoteAnswer.Unusable;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what a service answered. A single element that is no use is left out and named, and never fails the others.
 *
 * @param chances whether scores are chances
 * @param most candidates that are taken
 */
record AnswerReader(JsonPointer list, JsonPointer sku, JsonPointer score, boolean chances, int most) {
    private static final double SCORE_MAX = 1e12;
    /** More would repeat what is wrong. */
    private static final int UNUSABLE_MAX = 20;

    /** @throws ModelServiceException when there is no list in it */
    RemoteAnswer read(byte[] answer) {
        JsonNode elements = elements(answer);
        boolean unscored = !elements.isEmpty();
        for (JsonNode element : elements) {
            unscored &= scoreOf(element).isMissingNode();
        }
        List<Scored> candidates = new ArrayList<>();
        List<Unusable> unusable = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        int place = 0;
        for (JsonNode element : elements) {
            place++;
            try {
                String one = skuOf(element, place);
                double score = unscored && !chances ? elements.size() - place : score(one, scoreOf(element));
                if (!skus.add(one)) {
                    throw new UnusableElement(one, "is in the answer of the model service twice; the first counts");
                }
                candidates.add(new Scored(one, score));
            } catch (UnusableElement e) {
                if (unusable.size() < UNUSABLE_MAX) {
                    unusable.add(new Unusable(e.sku, e.getMessage()));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate -> -candidate.score()));
        return new RemoteAnswer(
                candidates.size() > most ? List.copyOf(candidates.subList(0, most)) : candidates, unusable);
    }

    private JsonNode elements(byte[] answer) {
        try {
            JsonNode root = Json.MAPPER.readTree(answer);
            JsonNode elements = root.isArray() ? root : root.at(list);
            if (!elements.isArray()) {
                throw new ModelServiceException(
                        Outcome.UNREADABLE, "the model service's answer has no list at '" + list + "'");
            }
            return elements;
        } catch (IOException e) {
            throw new ModelServiceException(Outcome.UNREADABLE, "the model service's answer is not JSON");
        }
    }

    private String skuOf(JsonNode element, int place) {
        JsonNode named = element.isValueNode() ? element : element.at(sku);
        if (!named.isTextual() && !named.isIntegralNumber()) {
            throw new UnusableElement("#" + place, "has no sku in the answer of the model service");
        }
        try {
            return Check.key("sku", named.asText());
        } catch (ProblemException e) {
            throw new UnusableElement(
                    "#" + place, "has no usable sku in the answer of the model service: it " + e.getMessage());
        }
    }

    private JsonNode scoreOf(JsonNode element) {
        return element.at(score);
    }

    private double score(String one, JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        double least = chances ? 0 : -SCORE_MAX;
        double highest = chances ? 1 : SCORE_MAX;
        if (!(value >= least && value <= highest)) {
            throw new UnusableElement(
                    one,
                    "has no usable score in the answer of the model service: it must be a number"
                            + (chances ? " from 0 to 1" : ""));
        }
        return value;
    }

    private static final class UnusableElement extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String sku;

        UnusableElement(String sku, String cause) {
            super(cause, null, false, false);
            this.sku = sku;
        }
    }
}

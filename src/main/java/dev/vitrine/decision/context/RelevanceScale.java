package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Candidate;

/**
 * Turns scores of the model into {@linkplain Candidate#relevance relevance}.
 *
 * @param last score of the last one that the model itself would show
 * @param count of the candidates
 */
public record RelevanceScale(double last, int count) {
    public double relevance(double score, int rank) {
        return last > 0 ? Math.max(0, Math.min(1, score / last)) : (count - rank + 1.0) / count;
    }
}

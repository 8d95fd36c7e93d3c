package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Candidate;

/**
 * Turns scores of the model into {@linkplain Candidate#relevance relevance}.
 *
 * @param best the model's best score
 * @param count how many candidates the model has
 */
public record RelevanceScale(double best, int count) {
    public double relevance(double score, int rank) {
        return best > 0 ? Math.max(0, score / best) : (count - rank + 1.0) / count;
    }
}

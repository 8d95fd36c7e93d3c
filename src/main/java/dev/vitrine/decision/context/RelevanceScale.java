package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Candidate;

/** Turns scores of the model into {@linkplain Candidate#relevance relevance}. */
public record RelevanceScale(double best, int count) {
    public double relevance(double score, int rank) {
        return best > 0 ? Math.max(0, score / best) : (count - rank + 1.0) / count;
    }
}

package dev.vitrine.decision.context;

/** Called once an answer is final. The storefront still waits, so return at once; a failure costs others nothing. */
public interface DecisionListener {
    /** Priority of listeners that keep what a next request may ask for. They come before those without a priority. */
    int MEMORY = 100;

    void answered(AnsweredDecision decision);
}

package dev.vitrine.decision.context;

/**
 * Is called with every decision that a storefront asked for, once its answer is final. The storefront still waits, so a
 * listener must return at once. One that fails costs neither the answer nor the other listeners anything.
 */
public interface DecisionListener {
    /** Priority of listeners that keep what a next request may ask for. They come before those without a priority. */
    int MEMORY = 100;

    void answered(AnsweredDecision decision);
}

package dev.vitrine.decision.settlement;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why an item is at its position: {@code model}, or a rule and its effect, such as {@code boost 1.5}. */
@Schema(description = "Why an item is at its position")
public record Reason(String rule, String effect) implements Comparable<Reason> {
    @Override
    public int compareTo(Reason other) {
        int byRule = rule.compareTo(other.rule);
        return byRule != 0 ? byRule : effect.compareTo(other.effect);
    }
}

package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A rule in brief.
 *
 * @param reads whether it reads the visit, and so fires before rules that propose
 * @param unconditional whether it has no conditions, and so always fires
 * @param enabled false while it is paused
 * @param effective first day on which it is live, null if it has none
 * @param expires first day on which it is no longer live, null if it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleCard(
        String name,
        String file,
        int line,
        String owner,
        boolean reads,
        boolean unconditional,
        boolean enabled,
        String effective,
        String expires) {}

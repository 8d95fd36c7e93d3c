package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A rule in brief; {@code expires} is the first day on which it is no longer live. */
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

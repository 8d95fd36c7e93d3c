package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is told of a rule.
 *
 * @param name the sentence that names it
 * @param file path below the rules folder
 * @param line where it begins
 * @param owner who answers for it
 * @param reads whether it reads the visit; otherwise it proposes
 * @param unconditional whether it asks nothing, and so always fires
 * @param enabled whether it is not paused
 * @param effective first day on which it is live, null where there is none
 * @param expires first day on which it is live no more, null where there is none
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

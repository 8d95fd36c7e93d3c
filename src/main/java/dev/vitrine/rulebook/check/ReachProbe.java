package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.source.RuleChange;
import java.time.Instant;
import java.util.List;

/** Says what a change would do to recent lists, before it does it. */
public interface ReachProbe {
    /**
     * @param changes rule by rule, from the live edition to the draft
     * @param at the moment at which the rules are tried
     */
    Reach of(Edition live, Edition draft, List<RuleChange> changes, Instant at);
}

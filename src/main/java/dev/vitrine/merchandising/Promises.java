package dev.vitrine.merchandising;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The groups to which rules guarantee places. Their members become candidates though the model did not propose them.
 *
 * @param groups that rules name themselves
 * @param campaigns whether rules guarantee places to what a campaign covers
 */
public record Promises(Set<Group> groups, boolean campaigns) {
    public static final Promises NONE = new Promises(Set.of(), false);

    public Promises {
        groups = Set.copyOf(groups);
    }

    public Promises and(Promises more) {
        Set<Group> all = new LinkedHashSet<>(groups);
        all.addAll(more.groups);
        return new Promises(all, campaigns || more.campaigns);
    }

    /** With what the campaigns cover that run now. */
    public Set<Group> groups(Collection<Campaign> running) {
        if (!campaigns || running.isEmpty()) {
            return groups;
        }
        Set<Group> all = new LinkedHashSet<>(groups);
        running.forEach(campaign -> all.add(Groups.coveredBy(campaign)));
        return all;
    }
}

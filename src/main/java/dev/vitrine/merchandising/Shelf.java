package dev.vitrine.merchandising;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where rules say what they want: the one global of every rule file. Nothing happens to the candidates here; proposals
 * are collected under the name of the rule that made them, and settled afterwards, whatever the order they came in.
 *
 * <p>A verb that is given something that it cannot do (a boost below 1, a share above 1) throws
 * {@link IllegalArgumentException}; the decision leaves that rule out and names it.
 */
public final class Shelf {
    /** Our choice: 200 rules on 1000 candidates fit; a rule that floods the shelf does not. */
    public static final int PROPOSALS_MAX = 250_000;

    private final Set<Proposal> proposals = new LinkedHashSet<>();
    private final Set<ReadBy> readings = new LinkedHashSet<>();
    private final Consumer<Reading> onReading;
    private String rule = "";

    /** A reading, and the rule that read it. */
    public record ReadBy(String rule, Reading reading) {}

    /** @param onReading told of each new reading, so that rules can match it */
    public Shelf(Consumer<Reading> onReading) {
        this.onReading = onReading;
    }

    /** Names the rule that speaks from now on. */
    public void speaks(String rule) {
        this.rule = rule;
    }

    /** The rule that spoke last. */
    public String speaker() {
        return rule;
    }

    public Collection<Proposal> proposals() {
        return Collections.unmodifiableSet(proposals);
    }

    public Collection<ReadBy> readings() {
        return Collections.unmodifiableSet(readings);
    }

    /** Takes back everything that a rule said; for a rule that failed half-way. */
    public void forget(String rule) {
        proposals.removeIf(proposal -> proposal.rule().equals(rule));
        readings.removeIf(read -> read.rule().equals(rule));
    }

    /** The visit reads as this mood, about this category, with this confidence (above 0, at most 1). */
    public void read(Mood mood, String category, double confidence, String evidence) {
        Reading reading = new Reading(mood, category, confidence, evidence);
        if (readings.add(new ReadBy(rule, reading))) {
            onReading.accept(reading);
        }
    }

    /** Never show the candidate. */
    public void hide(Candidate candidate) {
        add(new Proposal.Hide(rule, candidate));
    }

    /** Show the candidate at this position, counted from 1. */
    public void pin(Candidate candidate, int position) {
        if (position < 1 || position > 100) {
            throw new IllegalArgumentException("a position is 1 to 100, not " + position);
        }
        add(new Proposal.Pin(rule, candidate, position));
    }

    /** Lift the candidate: its score is multiplied by a factor from 1 to 100. */
    public void boost(Candidate candidate, double factor) {
        if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException("a boost is 1 to 100, not " + factor);
        }
        add(new Proposal.Boost(rule, candidate, factor));
    }

    /** Lower the candidate: its score is multiplied by a factor above 0 and below 1. */
    public void bury(Candidate candidate, double factor) {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("a bury is above 0 and below 1, not " + factor);
        }
        add(new Proposal.Boost(rule, candidate, factor));
    }

    /** At least this share of the places (0 to 1, rounded up) goes to candidates with the tag. */
    public void guarantee(double share, String tag) {
        guarantee(share, Group.tag(tag));
    }

    /** At least this share of the places (0 to 1, rounded up) goes to the group. */
    public void guarantee(double share, Group group) {
        add(new Proposal.Guarantee(rule, checkedShare(share), group));
    }

    /** At most this share of the places (0 to 1, rounded down) goes to candidates with the tag. */
    public void cap(double share, String tag) {
        cap(share, Group.tag(tag));
    }

    /** At most this share of the places (0 to 1, rounded down) goes to the group. */
    public void cap(double share, Group group) {
        add(new Proposal.Cap(rule, checkedShare(share), group));
    }

    /** Show this in place of a plain ranking. */
    public void show(Display display) {
        add(new Proposal.Show(rule, display));
    }

    private static double checkedShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        return share;
    }

    private void add(Proposal proposal) {
        if (proposals.size() >= PROPOSALS_MAX) {
            throw new IllegalStateException("more than " + PROPOSALS_MAX + " proposals in one decision");
        }
        proposals.add(proposal);
    }
}

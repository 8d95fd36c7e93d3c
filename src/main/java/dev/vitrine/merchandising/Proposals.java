package dev.vitrine.merchandising;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The shelf of one decision: collects what each rule reads and proposes, without repetitions. */
public final class Proposals implements Shelf {
    /** 200 rules on 1000 candidates fit; a rule that floods the shelf does not. */
    public static final int MAX = 250_000;

    /** Moods of a visit, for each category that they are about. Joins are sized by it: {@code Vocabulary.atMost}. */
    public static final int READINGS_MAX = 30;
    /** Guarantees, caps and limits are settled together, and a list has at most a hundred places to divide. */
    public static final int GROUPS_MAX = 100;

    /** A boost by more is a pin in disguise. */
    public static final double FACTOR_MAX = 100;
    /** Guarantees, caps, limits and floors: ten for each group. */
    public static final int PROMISES_MAX = 1_000;
    /** Displays of which the best is shown: one for each candidate. */
    public static final int DISPLAYS_MAX = Facts.CANDIDATES_MAX;
    /** Characters of an evidence, a category, a group or a text in a rule: as many as a person reads. */
    public static final int TEXT_MAX = 500;

    private final Set<Proposal> proposals = new LinkedHashSet<>();
    private final Set<ReadBy> readings = new LinkedHashSet<>();
    private final Set<Group> groups = new HashSet<>();
    private final Consumer<Reading> onReading;
    private int promises;
    private int displays;
    private String rule = "";

    public record ReadBy(String rule, Reading reading) {}

    /** @param onReading receives each new reading, so that rules can match it */
    public Proposals(Consumer<Reading> onReading) {
        this.onReading = onReading;
    }

    /** Names the rule that makes the proposals from now on. */
    public void speaks(String rule) {
        this.rule = rule;
    }

    public String speaker() {
        return rule;
    }

    public Collection<Proposal> all() {
        return Collections.unmodifiableSet(proposals);
    }

    public Collection<ReadBy> readings() {
        return Collections.unmodifiableSet(readings);
    }

    @Override
    public void read(Mood mood, String category, double confidence, String evidence) {
        requireShort("a category", category);
        requireShort("an evidence", evidence);
        Reading reading = new Reading(mood, category, confidence, evidence);
        ReadBy read = new ReadBy(rule, reading);
        if (readings.contains(read)) {
            return;
        }
        if (readings.size() >= READINGS_MAX) {
            throw new IllegalStateException("more than " + READINGS_MAX + " readings in one decision");
        }
        readings.add(read);
        onReading.accept(reading);
    }

    @Override
    public void hide(Candidate candidate) {
        add(new Proposal.Hide(rule, candidate));
    }

    @Override
    public void pin(Candidate candidate, int position) {
        if (position < 1 || position > 100) {
            throw new IllegalArgumentException("a position is 1 to 100, not " + position);
        }
        add(new Proposal.Pin(rule, candidate, position));
    }

    @Override
    public void boost(Candidate candidate, double factor) {
        if (!(factor >= 1 && factor <= FACTOR_MAX)) {
            throw new IllegalArgumentException("a boost is 1 to 100, not " + factor);
        }
        add(new Proposal.Boost(rule, candidate, factor));
    }

    @Override
    public void bury(Candidate candidate, double factor) {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("a bury is above 0 and below 1, not " + factor);
        }
        add(new Proposal.Boost(rule, candidate, factor));
    }

    @Override
    public void guarantee(double share, String tag) {
        guarantee(ofTheList(share), Groups.taggedWith(tag));
    }

    @Override
    public void guarantee(double share, Group group) {
        guarantee(ofTheList(share), group);
    }

    @Override
    public void guarantee(Share share, String tag) {
        guarantee(share, Groups.taggedWith(tag));
    }

    @Override
    public void guarantee(Share share, Group group) {
        promise(new Proposal.Guarantee(rule, share, counted(group)));
    }

    @Override
    public void cap(double share, String tag) {
        cap(ofTheList(share), Groups.taggedWith(tag));
    }

    @Override
    public void cap(double share, Group group) {
        cap(ofTheList(share), group);
    }

    @Override
    public void cap(Share share, String tag) {
        cap(share, Groups.taggedWith(tag));
    }

    @Override
    public void cap(Share share, Group group) {
        promise(new Proposal.Cap(rule, share, counted(group)));
    }

    @Override
    public void atMost(int count, Group group) {
        promise(new Proposal.AtMost(rule, places(count, 0), counted(group)));
    }

    @Override
    public void atMost(int count, DiversityKey each) {
        promise(new Proposal.AtMostOfEach(rule, places(count, 1), each));
    }

    @Override
    public void floor(double relevance) {
        if (!(relevance >= 0 && relevance <= 1)) {
            throw new IllegalArgumentException("a floor is 0 to 1, not " + relevance);
        }
        promise(new Proposal.Floor(rule, relevance));
    }

    @Override
    public void show(Display display) {
        requireShort("the subject of a display", display.subject());
        if (add(new Proposal.Show(rule, display)) && ++displays > DISPLAYS_MAX) {
            throw new IllegalStateException("more than " + DISPLAYS_MAX + " displays in one decision");
        }
    }

    private Group counted(Group group) {
        if (groups.add(group) && groups.size() > GROUPS_MAX) {
            throw new IllegalStateException(
                    "guarantees, caps and limits for more than " + GROUPS_MAX + " groups in one decision");
        }
        return group;
    }

    static void requireShort(String what, String text) {
        if (text != null && text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(what + " has at most " + TEXT_MAX + " characters, not " + text.length());
        }
    }

    private static Share ofTheList(double share) {
        return new Share(share, Share.Window.LIST);
    }

    private static int places(int count, int least) {
        if (count < least || count > 100) {
            throw new IllegalArgumentException("a number of places is " + least + " to 100, not " + count);
        }
        return count;
    }

    private void promise(Proposal proposal) {
        if (add(proposal) && ++promises > PROMISES_MAX) {
            throw new IllegalStateException(
                    "more than " + PROMISES_MAX + " guarantees, caps, limits and floors in one decision");
        }
    }

    /** Whether it was not there yet. */
    private boolean add(Proposal proposal) {
        if (proposals.size() >= MAX) {
            throw new IllegalStateException("more than " + MAX + " proposals in one decision");
        }
        return proposals.add(proposal);
    }
}

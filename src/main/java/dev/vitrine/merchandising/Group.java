package dev.vitrine.merchandising;

import java.util.function.Predicate;

/** A set of candidates for which rules guarantee or cap places. Groups of the same kind and value are equal. */
public final class Group implements Comparable<Group> {
    private final String kind;
    private final String value;
    private final Predicate<Candidate> members;
    private final boolean rotating;

    private Group(String kind, String value, Predicate<Candidate> members, boolean rotating) {
        this.kind = kind;
        this.value = value;
        this.members = members;
        this.rotating = rotating;
    }

    /** The kind is by what candidates belong to it, in words; "" for a tag. */
    static Group of(String kind, String value, Predicate<Candidate> members) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a group needs a value");
        }
        Proposals.requireShort("a group's value", value);
        return new Group(kind, value, members, false);
    }

    Group inTurns() {
        return new Group(kind, value, members, true);
    }

    public boolean holds(Candidate candidate) {
        return members.test(candidate);
    }

    /** Whether its members take turns: which of them get the guaranteed places depends on the visit. */
    public boolean rotating() {
        return rotating;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group group && group.kind.equals(kind) && group.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + value.hashCode();
    }

    @Override
    public int compareTo(Group other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return kind.isEmpty() ? value : kind + " " + value;
    }
}

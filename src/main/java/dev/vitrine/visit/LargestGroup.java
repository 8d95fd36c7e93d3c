package dev.vitrine.visit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Groups of names, and which of the groups is the largest. */
final class LargestGroup {
    private static final int FEW = 4;

    private final Map<String, Set<String>> members;
    private String largest;

    LargestGroup() {
        members = new HashMap<>();
        largest = "";
    }

    private LargestGroup(LargestGroup other) {
        members = new HashMap<>();
        other.members.forEach((group, names) -> members.put(group, new HashSet<>(names)));
        largest = other.largest;
    }

    LargestGroup copy() {
        return new LargestGroup(this);
    }

    void add(String group, String member) {
        members.computeIfAbsent(group, any -> new HashSet<>(FEW)).add(member);
    }

    /** Something of this group was looked at: of equally large groups, the one looked at last is the largest. */
    void lookedAt(String group) {
        int size = size(group);
        if (size > 0 && size >= size(largest)) {
            largest = group;
        }
    }

    int groups() {
        return members.size();
    }

    /** The largest group, "" without any. */
    String largest() {
        return largest;
    }

    int size() {
        return size(largest);
    }

    private int size(String group) {
        Set<String> names = members.get(group);
        return names == null ? 0 : names.size();
    }
}

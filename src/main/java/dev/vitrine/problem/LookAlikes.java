package dev.vitrine.problem;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds names that a person may take for each other: they differ only in upper case, in blanks, or in letters that look alike
 * (the skeletons of UTS #39). Not thread-safe.
 */
public final class LookAlikes {
    private final Map<String, String> byLook = new HashMap<>();

    /** Reads its tables on first use, in about a tenth of a second. */
    private static final class Confusables {
        private static final SpoofChecker TABLES =
                new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    }

    /** One of the other names that looks like this one; a name does not look like itself. */
    public static Optional<String> of(String name, Collection<String> others) {
        LookAlikes known = new LookAlikes();
        others.forEach(known::add);
        return known.add(name);
    }

    /** Adds a name, and returns an earlier, different one that looks like it. */
    public Optional<String> add(String name) {
        String blanksAside = withoutBlanks(name);
        // I looks like l, and i is the same letter in lower case: either is enough
        Optional<String> asWritten = add(look(blanksAside), name);
        Optional<String> inLowerCase = add("lower case " + look(UCharacter.foldCase(blanksAside, true)), name);
        return asWritten.or(() -> inLowerCase);
    }

    /** Between two digits, a blank makes a difference: 1 10 is not 11 0. */
    private static String withoutBlanks(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        boolean blank = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (TextKind.isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && Character.isDigit(c) && !kept.isEmpty() && Character.isDigit(kept.charAt(kept.length() - 1))) {
                kept.append(' ');
            }
            kept.append(c);
            blank = false;
        }
        return kept.toString();
    }

    private Optional<String> add(String look, String name) {
        String earlier = byLook.putIfAbsent(look, name);
        return Optional.ofNullable(earlier).filter(one -> !one.equals(name));
    }

    private static String look(String name) {
        return Confusables.TABLES.getSkeleton(name);
    }
}

package dev.vitrine.problem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the known word that was probably meant by a misspelt one. */
public final class Nearest {
    /** Shorter words begin many others by accident. */
    private static final int BEGUN_MIN = 3;

    private Nearest() {}

    /**
     * The nearest known word, if at most a third of its letters differ; or else the only one that begins with the word, as
     * {@code home-page} does with {@code home}.
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance || (distance == bestDistance && candidate.compareTo(best) < 0)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best != null && bestDistance <= Math.max(1, best.length() / 3)
                ? Optional.of(best)
                : begunWith(word, known);
    }

    private static Optional<String> begunWith(String word, Collection<String> known) {
        if (word.length() < BEGUN_MIN) {
            return Optional.empty();
        }
        String begin = word.toLowerCase(Locale.ROOT) + "-";
        List<String> found = known.stream()
                .filter(one -> one.toLowerCase(Locale.ROOT).startsWith(begin))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** "Did you mean 'margin'?", or words to choose from. Whoever is told that a word is wrong asks which is right. */
    public static String cure(String word, Collection<String> known, int listedMax) {
        return to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> someOf(known, listedMax));
    }

    private static String someOf(Collection<String> known, int listedMax) {
        if (known.isEmpty()) {
            return "Correct it, unless it is still to come.";
        }
        String listed = known.stream().sorted().limit(listedMax).collect(Collectors.joining(", "));
        return known.size() > listedMax
                ? "Correct it, unless it is still to come. Some of the " + known.size() + " that are known: " + listed
                        + "."
                : "Known: " + listed + ".";
    }

    /** "; did you mean 'margin'?", or "" if no known word is near. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    /** Optimal string alignment distance: an insertion, a deletion, a substitution or a swap of neighbours counts one. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}

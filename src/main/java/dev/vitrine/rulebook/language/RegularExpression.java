package dev.vitrine.rulebook.language;

import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Accepts only patterns that end soon on any text. A repeated group that itself repeats or chooses takes time that doubles with
 * each character, and a running match cannot be interrupted. Repeats in a row multiply their time, and so do groups that choose.
 */
final class RegularExpression {
    static final int LENGTH_MAX = 100;
    /** Repeats of variable length, {@code ?} and {@code {2,5}} included: three take the third power of the length. */
    static final int REPEATS_MAX = 3;

    static final int CHOICES_MAX = 10;
    static final int CHOOSING_GROUPS_MAX = 3;
    static final int COUNT_MAX = 50;

    private static final String ESCAPABLE = "\\.*+?()[]{}|^$/-\"";
    private static final String CLASSES = "dDsSwWb";

    private final String pattern;
    private int at;
    private int repeats;
    private int choices;
    private int choosingGroups;

    private RegularExpression(String pattern) {
        this.pattern = pattern;
    }

    /** Why the pattern is not accepted, empty if it is. */
    static Optional<String> objection(String pattern) {
        if (pattern.length() > LENGTH_MAX) {
            return Optional.of("A pattern has at most " + LENGTH_MAX + " characters.");
        }
        try {
            RegularExpression expression = new RegularExpression(pattern.replaceFirst("^\\(\\?i\\)", ""));
            expression.alternatives();
            if (expression.at < expression.pattern.length()) {
                throw new RefusedException("A closing bracket has no opening one.");
            }
            java.util.regex.Pattern.compile(pattern);
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.of(refused.getMessage());
        } catch (PatternSyntaxException e) {
            return Optional.of("It cannot be read"
                    + (e.getIndex() >= 0 ? " from its character " + (e.getIndex() + 1) + " on." : "."));
        }
    }

    /** @return whether what was parsed repeats or chooses */
    private boolean alternatives() {
        boolean branches = false;
        boolean inner = sequence();
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            sequence();
            if (++choices > CHOICES_MAX || !branches && ++choosingGroups > CHOOSING_GROUPS_MAX) {
                throw new RefusedException("A pattern can have '|' in at most " + CHOOSING_GROUPS_MAX
                        + " groups, and at most " + CHOICES_MAX + " '|' in all.");
            }
            branches = true;
        }
        return branches || inner;
    }

    private boolean sequence() {
        boolean branches = false;
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            boolean inner = piece();
            boolean repeated = repeat();
            if (inner && repeated) {
                throw new RefusedException("A group that repeats cannot contain another repeat or a choice.");
            }
            branches |= inner || repeated;
        }
        return branches;
    }

    private boolean piece() {
        char c = pattern.charAt(at++);
        if (c == '(') {
            if (at < pattern.length() && pattern.charAt(at) == '?') {
                throw new RefusedException("'(?' is only allowed as (?i) at the beginning.");
            }
            boolean inner = alternatives();
            if (at >= pattern.length()) {
                throw new RefusedException("A bracket is not closed.");
            }
            at++;
            return inner;
        }
        if (c == '[') {
            characters();
        } else if (c == '\\') {
            escape();
        }
        return false;
    }

    private void characters() {
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char c = pattern.charAt(at++);
            if (c == '\\') {
                escape();
            } else if (c == '[' || c == '&') {
                throw new RefusedException("'" + c + "' is not allowed between [ and ].");
            }
        }
        if (at++ >= pattern.length()) {
            throw new RefusedException("A bracket is not closed.");
        }
    }

    private void escape() {
        char c = at < pattern.length() ? pattern.charAt(at++) : ' ';
        if (CLASSES.indexOf(c) < 0 && ESCAPABLE.indexOf(c) < 0) {
            throw new RefusedException("'\\" + c + "' is not supported.");
        }
    }

    private boolean repeat() {
        if (at >= pattern.length() || "*+?{".indexOf(pattern.charAt(at)) < 0) {
            return false;
        }
        char c = pattern.charAt(at++);
        boolean varies = c != '{';
        if (c == '{') {
            int end = pattern.indexOf('}', at);
            String count = end < 0 ? "" : pattern.substring(at, end);
            if (!count.matches("\\d{1,2}(,\\d{0,2})?")) {
                throw new RefusedException("Write a count as {2} or {2,5}, up to " + COUNT_MAX + ".");
            }
            for (String bound : count.split(",")) {
                if (Integer.parseInt(bound) > COUNT_MAX) {
                    throw new RefusedException("A count is at most " + COUNT_MAX + ".");
                }
            }
            varies = count.contains(",");
            at = end + 1;
        }
        if (varies && ++repeats > REPEATS_MAX) {
            throw new RefusedException(
                    "A pattern can have at most " + REPEATS_MAX + " repeats such as *, +, ? and {2,5}.");
        }
        if (at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
            throw new RefusedException("A repeat cannot be repeated.");
        }
        return true;
    }

    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String why) {
            super(why, null, false, false);
        }
    }
}

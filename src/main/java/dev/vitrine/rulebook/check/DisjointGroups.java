package dev.vitrine.rulebook.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Groups of which no product can belong to both, by their own words: different brands, categories of which neither holds the
 * other, margins or ages that do not overlap. Tags are not: a product may carry any number of them.
 */
final class DisjointGroups {
    private static final Pattern GROUP = Pattern.compile("(?:rotating\\()?(\\w+)\\(([^()]*)\\)\\)?");

    private DisjointGroups() {}

    /** Whether two groups, as rules write them, have no product in common. */
    static boolean groups(String one, String other) {
        Matcher first = GROUP.matcher(one);
        Matcher second = GROUP.matcher(other);
        if (!first.matches() || !second.matches()) {
            return false;
        }
        return apart(first.group(1), first.group(2), second.group(1), second.group(2))
                || apart(second.group(1), second.group(2), first.group(1), first.group(2));
    }

    private static boolean apart(String kind, String value, String otherKind, String otherValue) {
        switch (kind + " " + otherKind) {
            case "ofBrand ofBrand":
                return written(value) && written(otherValue) && !value.equals(otherValue);
            case "inCategory inCategory":
                return written(value)
                        && written(otherValue)
                        && !within(value, otherValue)
                        && !within(otherValue, value);
            case "inCategory outside":
                return written(value) && written(otherValue) && within(value, otherValue);
            default:
                double[] band = margins(kind, value);
                double[] otherBand = margins(otherKind, otherValue);
                return band != null && otherBand != null && band[1] <= otherBand[0];
        }
    }

    private static boolean written(String value) {
        return value.startsWith("\"") && value.endsWith("\"") && value.indexOf('"', 1) == value.length() - 1;
    }

    private static boolean within(String path, String other) {
        String inner = path.substring(1, path.length() - 1);
        String outer = other.substring(1, other.length() - 1);
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }

    /** From (included) to below (excluded); null where it is no band of margins. */
    private static double[] margins(String kind, String value) {
        try {
            return switch (kind) {
                case "withMarginFrom" -> new double[] {Double.parseDouble(value), Double.POSITIVE_INFINITY};
                case "withMarginBelow" -> new double[] {Double.NEGATIVE_INFINITY, Double.parseDouble(value)};
                case "withMarginBetween" -> {
                    String[] ends = value.split(",");
                    yield new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
                }
                default -> null;
            };
        } catch (RuntimeException notWritten) {
            return null;
        }
    }
}

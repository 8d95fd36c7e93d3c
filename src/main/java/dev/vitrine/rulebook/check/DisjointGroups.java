package dev.vitrine.rulebook.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groups that can have no product in common. Tags never count as disjoint, since a product may have several. */
final class DisjointGroups {
    private static final Pattern GROUP = Pattern.compile("(?:rotating\\()?(\\w+)\\(([^()]*)\\)\\)?");

    private DisjointGroups() {}

    /** @param one a group as rules write it, such as {@code ofBrand("Asana")} */
    static boolean areDisjoint(String one, String other) {
        Matcher first = GROUP.matcher(one);
        Matcher second = GROUP.matcher(other);
        if (!first.matches() || !second.matches()) {
            return false;
        }
        return disjoint(first.group(1), first.group(2), second.group(1), second.group(2))
                || disjoint(second.group(1), second.group(2), first.group(1), first.group(2));
    }

    private static boolean disjoint(String kind, String value, String otherKind, String otherValue) {
        switch (kind + " " + otherKind) {
            case "ofBrand ofBrand":
                return isLiteral(value) && isLiteral(otherValue) && !value.equals(otherValue);
            case "inCategory inCategory":
                return isLiteral(value)
                        && isLiteral(otherValue)
                        && !within(value, otherValue)
                        && !within(otherValue, value);
            case "inCategory outside":
                return isLiteral(value) && isLiteral(otherValue) && within(value, otherValue);
            default:
                double[] band = margins(kind, value);
                double[] otherBand = margins(otherKind, otherValue);
                return band != null && otherBand != null && band[1] <= otherBand[0];
        }
    }

    private static boolean isLiteral(String value) {
        return value.startsWith("\"") && value.endsWith("\"") && value.indexOf('"', 1) == value.length() - 1;
    }

    private static boolean within(String path, String other) {
        String inner = path.substring(1, path.length() - 1);
        String outer = other.substring(1, other.length() - 1);
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }

    /** Lower end (included) and upper end (excluded), null if the group is not a range of margins. */
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
        } catch (RuntimeException notALiteral) {
            return null;
        }
    }
}

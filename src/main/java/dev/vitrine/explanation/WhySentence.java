package dev.vitrine.explanation;

import dev.vitrine.decision.dryrun.ProductTrace;
import dev.vitrine.decision.dryrun.ProductTrace.Effect;
import dev.vitrine.decision.dryrun.ProductTrace.Instead;
import dev.vitrine.merchandising.Proposals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in one plain sentence what became of a product. */
final class WhySentence {
    private static final int NAMED_MAX = 3;

    private WhySentence() {}

    static String shown(int position, List<Effect> reasons) {
        return "It was shown in place " + position + ": " + reasons(reasons) + ".";
    }

    private static String reasons(List<Effect> reasons) {
        return reasons.stream()
                .map(reason -> reason.rule().equals("model") ? "by the model, " + reason.effect() : effect(reason))
                .collect(Collectors.joining("; "));
    }

    private static String effect(Effect effect) {
        return quoted(effect.rule()) + " (" + effect.effect() + ")";
    }

    static String quoted(String rule) {
        return "\"" + rule + "\"";
    }

    static String hidden(List<String> rules, List<Instead> instead) {
        String by =
                "It was hidden by " + rules.stream().map(WhySentence::quoted).collect(Collectors.joining(" and "));
        return instead.isEmpty()
                ? by + "."
                : by + "; without that rule it would stand in place "
                        + instead.get(0).position() + ".";
    }

    static String outranked(ProductTrace trace, ProductTrace.Last last, Double lacks) {
        StringBuilder text = new StringBuilder("It was ranked ")
                .append(ordinal(trace.rank()))
                .append(" with a score of ")
                .append(number(trace.score()))
                .append("; the list has ")
                .append(places(trace.places()));
        if (last != null) {
            text.append(", and the lowest score to beat on it is ")
                    .append(number(last.score()))
                    .append(" (")
                    .append(last.sku())
                    .append(")");
        }
        if (lacks != null) {
            text.append(": it lacked a boost of ").append(number(lacks));
            if (lacks > Proposals.FACTOR_MAX) {
                text.append(", more than a boost can do; a pin would bring it");
            }
        }
        String buried = trace.effects().stream()
                .filter(effect -> effect.effect().startsWith("bury "))
                .map(WhySentence::effect)
                .collect(Collectors.joining(", "));
        if (!buried.isEmpty()) {
            text.append(". It was pushed down by ").append(buried);
        }
        return text.append(without(trace.instead()))
                .append(".")
                .append(empty(trace))
                .toString();
    }

    private static String places(int count) {
        return count == 1 ? "1 place" : count + " places";
    }

    /** Why the list is shorter than it may be; "" where it is not. */
    private static String empty(ProductTrace trace) {
        int empty = trace.places() - trace.list().size();
        if (empty <= 0) {
            return "";
        }
        String few = trace.contenders() < trace.places()
                ? "only " + trace.contenders() + (trace.contenders() == 1 ? " candidate was" : " candidates were")
                        + " not hidden"
                : "";
        String limited = trace.limitedBy().isEmpty() ? "" : named(trace.limitedBy()) + " let no more in";
        String why = Stream.of(few, limited).filter(one -> !one.isEmpty()).collect(Collectors.joining(", and "));
        return " Of the " + places(trace.places()) + ", " + empty + " stayed empty"
                + (why.isEmpty() ? "." : ": " + why + ".");
    }

    private static String named(List<String> rules) {
        return rules.stream().limit(NAMED_MAX).map(WhySentence::quoted).collect(Collectors.joining(" and "))
                + (rules.size() > NAMED_MAX ? " and " + (rules.size() - NAMED_MAX) + " more" : "");
    }

    /** Of a product whose score is too low for a place, and that a guarantee gives one now and then. */
    static String notItsTurn(ProductTrace trace) {
        ProductTrace.Turns turns = trace.turns();
        String promised = turns.promised().stream().map(WhySentence::effect).collect(Collectors.joining(" and "));
        String promise = promised + (turns.promised().size() == 1 ? " promises" : " promise");
        String begin = "By its score it was ranked " + ordinal(trace.rank());
        if (turns.others() == 0) {
            return begin + ", too low for a place. " + promise
                    + " places to products such as it, and by then had given all that were due.";
        }
        return begin + ", too low for a place. It takes turns with " + turns.others()
                + (turns.others() == 1 ? " other" : " others") + " for the places that " + promise
                + "; in this decision "
                + (turns.had().isEmpty()
                        ? "none of them had one, because by then all that were due had been given."
                        : turns.had().stream().limit(NAMED_MAX).collect(Collectors.joining(" and "))
                                + (turns.had().size() > NAMED_MAX
                                        ? " and " + (turns.had().size() - NAMED_MAX) + " more"
                                        : "")
                                + " had " + (turns.had().size() == 1 ? "one." : "them."));
    }

    /** "" where no rule has boosted or buried it. */
    static String boostsOfExtra(ProductTrace trace) {
        String multiplied = trace.effects().stream()
                .filter(effect ->
                        effect.effect().startsWith("boost ") || effect.effect().startsWith("bury "))
                .map(WhySentence::effect)
                .collect(Collectors.joining(", "));
        return multiplied.isEmpty() ? "" : multiplied + " had nothing to multiply. ";
    }

    static String display(ProductTrace trace) {
        String what = trace.display().name().toLowerCase(Locale.ROOT);
        return trace.displayedBy().stream().map(WhySentence::quoted).collect(Collectors.joining(" and "))
                + (trace.list().isEmpty()
                        ? " had no list shown (" + what + ")."
                        : " had a " + what + " shown in place of the list, and it was not part of it.");
    }

    static String squeezedOut(ProductTrace trace) {
        return squeezedOut(
                trace,
                "By its score it would be " + ordinal(trace.rank()) + " of " + trace.places(),
                "gave its place to others");
    }

    /** Where free places, or lower scores that have one, show that its score is not what it lacks. */
    static String beyondBoosts(ProductTrace trace) {
        return squeezedOut(
                trace,
                "It was ranked " + ordinal(trace.rank()) + " with a score of " + number(trace.score())
                        + ", and no boost would bring it onto the list of "
                        + trace.list().size(),
                "kept it off");
    }

    private static String squeezedOut(ProductTrace trace, String score, String how) {
        List<Instead> instead = trace.instead();
        if (instead.isEmpty()) {
            String together = trace.effects().stream()
                    .filter(effect -> !effect.effect().startsWith("b"))
                    .map(WhySentence::effect)
                    .collect(Collectors.joining(", "));
            return score + ", but several rules together " + how
                    + (together.isEmpty() ? "." : ": among them " + together + ".") + empty(trace);
        }
        String rules = instead.stream()
                .limit(NAMED_MAX)
                .map(one -> quoted(one.rule()) + " (" + String.join(", ", one.effects()) + ")")
                .collect(Collectors.joining(" and "));
        int more = instead.size() - NAMED_MAX;
        return score + ", but " + rules + (more > 0 ? " and " + more + " more" : "")
                + (instead.size() == 1 ? " " : " together ") + how + "; " + withoutOne(instead) + "." + empty(trace);
    }

    /** Each of the rules is needed to keep it off, so that it takes only one of them away to bring it. */
    private static String withoutOne(List<Instead> instead) {
        int first = instead.get(0).position();
        if (instead.stream().allMatch(one -> one.position() == first)) {
            String rule = instead.size() == 1
                    ? "that rule"
                    : instead.size() == 2 ? "just one of the two" : "just one of them";
            return "without " + rule + " it would stand in place " + first;
        }
        return instead.stream()
                .limit(NAMED_MAX)
                .map(one -> "without " + quoted(one.rule()) + " it would stand in place " + one.position())
                .collect(Collectors.joining(", "));
    }

    private static String without(List<Instead> instead) {
        return instead.isEmpty()
                ? ""
                : ". Without "
                        + instead.stream()
                                .limit(NAMED_MAX)
                                .map(one -> quoted(one.rule()))
                                .collect(Collectors.joining(" or "))
                        + " it would be shown";
    }

    static String ordinal(int number) {
        int last = number % 10;
        boolean teen = number / 10 % 10 == 1;
        return number + (teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
    }

    /** With three digits that say something. */
    static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return "0";
        }
        double size = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        double rounded = Double.isInfinite(size) || size == 0 ? value : Math.round(value * size) / size;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e6
                ? Long.toString((long) rounded)
                : new BigDecimal(Double.toString(rounded)).stripTrailingZeros().toPlainString();
    }
}

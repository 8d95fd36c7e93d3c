package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Mood;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What verbs, functions and words with arguments take, in the words of the people who write rules. */
final class CallForms {
    /** What an argument must be. */
    enum Kind {
        CANDIDATE("a candidate", Candidate.class),
        CAMPAIGN("a campaign", Campaign.class),
        TEXT("a text in quotes", String.class),
        NUMBER("a number"),
        WHOLE("a whole number"),
        SHARE("a share", Share.class),
        MOOD("a mood", Mood.class),
        TAG_OR_GROUP("a tag in quotes or a group", String.class, Group.class),
        GROUP_OR_EACH("a group", Group.class, DiversityKey.class),
        GROUP("a group", Group.class),
        DISPLAY("a display", Display.class),
        ANCHOR("PAGE, CART or LAST_ORDER", Anchor.class);

        private static final Set<Kind> NUMBERS = Set.of(NUMBER, WHOLE, SHARE);

        private final String words;
        private final Set<Class<?>> types;

        Kind(String words, Class<?>... types) {
            this.words = words;
            this.types = Set.of(types);
        }

        boolean isNumber() {
            return NUMBERS.contains(this);
        }

        /** @param type {@code Object} if only the compiler knows it */
        boolean takes(Class<?> type) {
            return type == Object.class || types.contains(type) || isNumber() && CallForms.isNumber(type);
        }

        boolean returnedBy(Class<?> function) {
            return types.contains(function);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The numbers that an argument can be; an end may be excluded. */
    record Limits(double min, boolean withMin, double max, boolean withMax) {
        boolean hold(double value) {
            return (withMin ? value >= min : value > min) && (withMax ? value <= max : value < max);
        }

        @Override
        public String toString() {
            if (withMin && withMax) {
                return max == Double.POSITIVE_INFINITY
                        ? "at least " + Proposal.number(min)
                        : min == Double.NEGATIVE_INFINITY
                                ? "at most " + Proposal.number(max)
                                : Proposal.number(min) + " to " + Proposal.number(max);
            }
            return (withMin ? "at least " : "above ") + Proposal.number(min) + " and "
                    + (withMax ? "at most " : "below ") + Proposal.number(max);
        }
    }

    private static final Limits ANY = new Limits(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

    /** @param sample as a cure shows it */
    record Argument(String name, Kind kind, String sample, Limits limits) {}

    record Form(String name, List<Argument> arguments) {
        @Override
        public String toString() {
            return arguments.isEmpty()
                    ? "nothing"
                    : arguments.stream().map(Argument::name).collect(Collectors.joining(", ", "( ", " )"));
        }
    }

    private static final Map<String, Form> ALL = Stream.of(
                    form("hide", candidate()),
                    form("pin", candidate(), number("position", Kind.WHOLE, "1", 1, 100)),
                    form(
                            "boost",
                            candidate(),
                            new Argument("factor", Kind.NUMBER, "1.5", new Limits(1, false, 100, true))),
                    form(
                            "bury",
                            candidate(),
                            new Argument("factor", Kind.NUMBER, "0.5", new Limits(0, false, 1, false))),
                    form("guarantee", share(), group(Kind.TAG_OR_GROUP, "\"core\"")),
                    form("cap", share(), group(Kind.TAG_OR_GROUP, "ofBrand( \"Asana\" )")),
                    form(
                            "atMost",
                            number("count", Kind.WHOLE, "2", 0, 100),
                            group(Kind.GROUP_OR_EACH, "ofEachBrand()")),
                    form("floor", number("relevance", Kind.NUMBER, "0.1", 0, 1)),
                    form("show", new Argument("display", Kind.DISPLAY, "nothing()", ANY)),
                    form(
                            "read",
                            new Argument("mood", Kind.MOOD, "COMPARING", ANY),
                            text("category", "\"sport/yoga\""),
                            new Argument("confidence", Kind.NUMBER, "0.8", new Limits(0, false, 1, true)),
                            text("evidence", "\"looked at three mats\"")),
                    form("taggedWith", text("tag", "\"core\"")),
                    form("inCategory", text("path", "\"sport/yoga\"")),
                    form("outside", text("path", "\"sport/yoga\"")),
                    form("ofBrand", text("brand", "\"Asana\"")),
                    form("newerThan", number("days", Kind.WHOLE, "14", 1, Double.POSITIVE_INFINITY)),
                    form("viewedLessThan", number("times", Kind.WHOLE, "20", 1, Double.POSITIVE_INFINITY)),
                    form("withMarginFrom", margin("share", "0.5")),
                    form("withMarginBelow", margin("share", "0.2")),
                    form("withMarginBetween", margin("from", "0.2"), margin("below", "0.4")),
                    form("coveredBy", new Argument("campaign", Kind.CAMPAIGN, "$campaign", ANY)),
                    form("unrelated"),
                    form("complementsOfPage"),
                    form("complementsOfCart"),
                    form("complementsOfLastOrder"),
                    form("rotating", group(Kind.GROUP, "newerThan( 14 )")),
                    form("comparison", number("count", Kind.WHOLE, "3", 2, 10), text("category", "\"sport/yoga\"")),
                    form("bundle", candidate()),
                    form("article", candidate()),
                    form("reinforce", text("sku", "\"mat-blue\"")),
                    form("nothing"),
                    form("overTheDay", number("share", Kind.NUMBER, "0.3", 0, 1)),
                    form("overTheHour", number("share", Kind.NUMBER, "0.3", 0, 1)),
                    form("ofEachBrand"),
                    form("ofEachCategory"),
                    form("ofEachNeighbourhood"),
                    form("ofEachFamily"),
                    form("within", text("path", "\"sport/yoga\"")),
                    form("about", text("path", "\"sport/yoga\"")),
                    form("lastPurchaseWithin", text("path", "\"sport/yoga\"")),
                    form("tagged", text("tag", "\"core\"")),
                    form("text", text("name", "\"material\"")),
                    form("number", text("name", "\"weight\"")),
                    form("has", text("name", "\"material\"")),
                    form("hasNumber", text("name", "\"weight\"")),
                    form("bundles", text("sku or family", "\"mat-blue\"")),
                    form("knows", text("category", "\"sport/yoga\"")),
                    form("interest", text("category", "\"sport/yoga\"")),
                    form("fade", text("category", "\"sport/yoga\"")),
                    form("inSegment", text("segment", "\"vip\"")),
                    form("searchedFor", text("word", "\"gift\"")),
                    form("variantOf", anchor()),
                    form("substituteOf", anchor()),
                    form("complementOf", anchor()),
                    form("fits", anchor()),
                    form("boughtBefore", asked()),
                    form("owns", asked()),
                    form("dueAgain", asked()),
                    form("wasShown", asked()),
                    form("sawPartsOf", asked()),
                    form("saw", asked()),
                    form("holds", asked()),
                    form("near", asked()),
                    form("covers", asked()))
            .collect(Collectors.toMap(Form::name, Function.identity()));

    private CallForms() {}

    private static Form form(String name, Argument... arguments) {
        return new Form(name, List.of(arguments));
    }

    private static Argument candidate() {
        return new Argument("candidate", Kind.CANDIDATE, "$c", ANY);
    }

    private static Argument asked() {
        return new Argument("candidate", Kind.CANDIDATE, "this", ANY);
    }

    private static Argument anchor() {
        return new Argument("what", Kind.ANCHOR, "CART", ANY);
    }

    private static Argument text(String name, String sample) {
        return new Argument(name, Kind.TEXT, sample, ANY);
    }

    private static Argument share() {
        return number("share", Kind.SHARE, "0.3", 0, 1);
    }

    private static Argument group(Kind kind, String sample) {
        return new Argument("group", kind, sample, ANY);
    }

    private static Argument margin(String name, String sample) {
        return number(name, Kind.NUMBER, sample, Double.NEGATIVE_INFINITY, 1);
    }

    private static Argument number(String name, Kind kind, String sample, double min, double max) {
        return new Argument(name, kind, sample, new Limits(min, true, max, true));
    }

    /** What the verb, function or word of this name takes, null if there is none that takes anything. */
    static Form of(String name) {
        return ALL.get(name);
    }

    static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != boolean.class || Number.class.isAssignableFrom(type);
    }

    /** The functions that make such a thing, in alphabetical order. */
    static List<String> functionsFor(Kind kind) {
        return Vocabulary.functions().entrySet().stream()
                .filter(function -> kind.returnedBy(function.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    static List<String> moods() {
        return Arrays.stream(Mood.values()).map(Mood::name).sorted().toList();
    }
}

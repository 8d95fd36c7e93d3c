package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.check.FactsReader.text;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.rulebook.language.CaseWords;
import dev.vitrine.rulebook.language.DayDiagnosis;
import dev.vitrine.rulebook.language.ProposalText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A case as written: its facts, what it expects of the rule, and what is wrong with it. */
final class ExampleCase {
    private static final Pattern WITHOUT_ZONE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(:\\d\\d)?");

    /** Rules with dates need a moment, and few cases name one. */
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private static final Candidate ANY_CANDIDATE = new Candidate(
            "any",
            null,
            null,
            null,
            null,
            null,
            10,
            10,
            0.5,
            10,
            null,
            Candidate.NEVER,
            1,
            1,
            1,
            false,
            null,
            null,
            null,
            Candidate.NEVER,
            null,
            null,
            false,
            0,
            0,
            false,
            null,
            null,
            0,
            null,
            0,
            null,
            null);
    private static final Shop ANY_SHOP = new Shop(1000, false, 12, Shop.THURSDAY);
    private static final Placement ANY_PLACEMENT = new Placement("home-page", 10, 2);
    private static final Page ANY_PAGE = new Page(PageType.HOME, null, null, null, null, 0);
    private static final Campaign ANY_CAMPAIGN =
            new Campaign("any", null, null, 0, true, 24, 0, 0, null, null, null, null, null);
    private static final Reading ANY_READING = new Reading(Reading.BROWSING, null, 1, null);

    private final FactsReader reader = new FactsReader();
    private final Node node;
    private final Map<String, NodeTuple> words;
    private final String name;
    private final Instant at;
    private final Facts facts;
    private final List<Reading> readings;
    private final boolean fires;
    private final Map<String, Set<String>> expected = new HashMap<>();

    /** @param zone the shop's time zone, for the days and hours that rules name */
    ExampleCase(Node node, boolean fires, ZoneId zone) {
        this.node = node;
        this.fires = fires;
        if (node instanceof MappingNode mapping) {
            this.words = reader.words(mapping, CaseWords.FORMS.keySet(), "", " is not known in a case");
        } else if (node.getTag().equals(Tag.NULL)) {
            this.words = Map.of();
            reader.fault(node, "The case is empty.", "Write case: and what happens in it, or delete the dash.");
        } else {
            this.words = Map.of();
            reader.fault(node, "A case cannot be a single text or list.", "Write case: and what happens in it.");
        }
        this.name = words.containsKey("case") ? text(words.get("case").getValueNode()) : "";
        if (words.containsKey("case") && !(words.get("case").getValueNode() instanceof ScalarNode)) {
            fault("case", "'case' is not a text.");
        }
        Instant stated = words.containsKey("at") ? moment(zone) : null;
        this.at = stated == null ? NOON : stated;
        this.facts = new Facts(
                one("shop", stated == null ? ANY_SHOP : shopAt(stated.atZone(zone))),
                one("placement", ANY_PLACEMENT),
                one("page", ANY_PAGE),
                one("shopper", Shopper.NEWCOMER),
                one("visit", Visit.JUST_BEGUN),
                one("cart", Cart.WITHOUT_ITEMS),
                list("campaigns", ANY_CAMPAIGN, Facts.CAMPAIGNS_MAX),
                list("candidates", ANY_CANDIDATE, Facts.CANDIDATES_MAX));
        this.readings = list("readings", ANY_READING, Proposals.READINGS_MAX);
        expect("proposes");
        expect("reads");
    }

    private static Shop shopAt(ZonedDateTime moment) {
        return new Shop(ANY_SHOP.sellable(), ANY_SHOP.small(), moment.getHour(), moment.getDayOfWeek());
    }

    /** Its description, or this one if it has none. */
    String nameOr(String other) {
        return name.isEmpty() ? other : name;
    }

    String name() {
        return nameOr("without a name");
    }

    Instant at() {
        return at;
    }

    Facts facts() {
        return facts;
    }

    List<Reading> readings() {
        return readings;
    }

    /** What the rule should say, null if the case does not state it. */
    Set<String> expected(String key) {
        return expected.get(key);
    }

    boolean fires() {
        return fires;
    }

    /** Everything that is wrong with it. If there is anything, the case cannot be run. */
    List<FactsReader.Fault> faults() {
        return reader.faults();
    }

    Node node() {
        return node;
    }

    /** The place of this word, or of the case if it lacks the word. */
    Node where(String word) {
        return words.containsKey(word) ? words.get(word).getKeyNode() : node;
    }

    /** The place of a text that the case states; nothing if it states it more than once, or never. */
    Optional<Node> valueNode(String text) {
        List<Node> found = new ArrayList<>();
        collect(node, text, found);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static void collect(Node node, String text, List<Node> found) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().stream()
                    .filter(entry -> !Set.of("case", "proposes", "reads").contains(text(entry.getKeyNode())))
                    .forEach(entry -> collect(entry.getValueNode(), text, found));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(one -> collect(one, text, found));
        } else if (text(node).equals(text)) {
            found.add(node);
        }
    }

    private Instant moment(ZoneId zone) {
        String text = text(words.get("at").getValueNode());
        try {
            Instant moment = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atTime(LocalTime.NOON).atZone(zone).toInstant()
                    : Instant.parse(text);
            int year = moment.atZone(zone).getYear();
            // the clock of the rules counts milliseconds from 1970
            if (year >= 1970 && year <= 9999) {
                return moment;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        reader.fault(
                words.get("at").getValueNode(),
                text.isEmpty() ? "'at' has no value." : "'at' is not a date or time: '" + text + "'.",
                momentMeant(text)
                        .map(meant -> "Write: at: " + meant)
                        .orElse(
                                "Write a time such as 2026-03-01T12:00:00Z, or a day such as 2026-03-01 for its noon."));
        return null;
    }

    private static Optional<String> momentMeant(String text) {
        Matcher withoutZone = WITHOUT_ZONE.matcher(text);
        return withoutZone.matches()
                ? Optional.of(withoutZone.group(1) + "T" + withoutZone.group(2)
                        + (withoutZone.group(3) == null ? ":00" : withoutZone.group(3)) + "Z")
                : DayDiagnosis.meant(text);
    }

    private <T> T one(String word, T standard) {
        if (!words.containsKey(word)) {
            return standard;
        }
        if (words.get(word).getValueNode() instanceof MappingNode given) {
            return reader.overlay(standard, given, word);
        }
        fault(word, "'" + word + "' is not in braces.");
        return standard;
    }

    /** @param most as many as a decision can have */
    private <T> List<T> list(String word, T standard, int most) {
        if (!words.containsKey(word)) {
            return List.of();
        }
        List<T> all = new ArrayList<>();
        if (words.get(word).getValueNode() instanceof SequenceNode sequence) {
            if (sequence.getValue().size() > most) {
                fault(
                        word,
                        "'" + word + "' has " + sequence.getValue().size() + " entries; at most " + most
                                + " are allowed.");
                return List.of();
            }
            Set<String> skus = new HashSet<>();
            for (Node element : sequence.getValue()) {
                if (word.equals("candidates")) {
                    sku(element)
                            .filter(sku -> !skus.add(text(sku)))
                            .ifPresent(sku -> reader.fault(
                                    sku,
                                    "Two candidates have the sku '" + text(sku) + "'.",
                                    "Give each its own: a list holds each sku once."));
                }
                String path = word + "[" + all.size() + "]";
                if (element instanceof MappingNode given) {
                    all.add(reader.overlay(standard, given, path));
                } else {
                    all.add(standard);
                    reader.fault(element, "'" + path + "' is not in braces.", cure(word));
                }
            }
        } else {
            fault(word, "'" + word + "' is not a list.");
        }
        return all;
    }

    private static Optional<Node> sku(Node candidate) {
        return candidate instanceof MappingNode given
                ? given.getValue().stream()
                        .filter(entry -> text(entry.getKeyNode()).equals("sku"))
                        .map(NodeTuple::getValueNode)
                        .filter(value -> !text(value).isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private void expect(String word) {
        if (!words.containsKey(word)) {
            return;
        }
        Node given = words.get(word).getValueNode();
        if (!(given instanceof SequenceNode sequence)) {
            String text = text(given);
            reader.fault(
                    where(word),
                    "'" + word + "' is not a list.",
                    text.isEmpty() ? cure(word) : "Write: " + word + ": [ " + text + " ]");
            return;
        }
        Set<String> all = new TreeSet<>();
        String open = "";
        String decimal = "";
        for (Node one : sequence.getValue()) {
            if (!open.isEmpty()) {
                // the comma of shelf.boost( $c, 2 ) has cut it in two
                open = text(one).contains(")") ? "" : open;
                continue;
            }
            if (text(one).contains("(") && !text(one).contains(")")) {
                open = text(one);
                reader.fault(
                        one,
                        "'" + open + "' is a verb of a rule, and a case writes proposals without brackets.",
                        ProposalText.ofProposal(open + ", "
                                        + sequence.getValue().stream()
                                                .skip(sequence.getValue().indexOf(one) + 1L)
                                                .findFirst()
                                                .map(FactsReader::text)
                                                .orElse(""))
                                .map(ProposalText::cure)
                                .orElse("Write for example: " + word + ": " + CaseWords.FORMS.get(word)));
                continue;
            }
            if (!(one instanceof ScalarNode) || one.getTag().equals(Tag.NULL)) {
                reader.fault(one, "'" + word + "' contains something that is not a text.", cure(word));
            }
            if (!decimal.isEmpty()) {
                decimal = "";
                continue;
            }
            decimal = decimal(sequence, one);
            if (!decimal.isEmpty()) {
                reader.fault(one, "A comma begins another entry, and a decimal has a point.", "Write: " + decimal);
                continue;
            }
            all.add(text(one));
            form(word, one);
        }
        if (!fires && !all.isEmpty()) {
            reader.fault(
                    where(word),
                    "A rule that does not fire says nothing, so the case cannot have '" + word + "'.",
                    "Leave '" + word + "' out, or move the case to fires.");
        }
        expected.put(word, all);
    }

    /** The proposal that a decimal comma has cut in two, such as {@code bury 0,5 a}; "" if it is whole. */
    private static String decimal(SequenceNode all, Node one) {
        int next = all.getValue().indexOf(one) + 1;
        String text = text(one);
        String rest = next < all.getValue().size() ? text(all.getValue().get(next)) : "";
        String whole = text + "." + rest;
        boolean cut = all.getFlowStyle() == FlowStyle.FLOW
                && text.matches("[a-z ]+ \\d+")
                && rest.matches("\\d+( .*)?")
                && ProposalText.ofProposal(text).isPresent()
                && ProposalText.ofProposal(whole).isEmpty();
        return cut ? whole : "";
    }

    private void form(String word, Node said) {
        String text = text(said);
        if (fires && !text.isEmpty()) {
            (word.equals("reads") ? ProposalText.ofReading(text) : ProposalText.ofProposal(text))
                    .ifPresent(wrong -> reader.fault(said, wrong.message(), wrong.cure()));
        }
    }

    private void fault(String word, String message) {
        reader.fault(where(word), message, cure(word));
    }

    /** Shows the form of the word, with the value that the case gave if it gave a bare one. */
    private String cure(String word) {
        String form = CaseWords.FORMS.get(word);
        String value = text(words.get(word).getValueNode());
        if (Set.of("placement", "page", "cart").contains(word) && value.matches("[\\w.-]+")) {
            return "Write: " + word + ": " + form.replaceFirst(": \\S+", ": " + value);
        }
        return "Write for example: " + word + ": " + form;
    }
}

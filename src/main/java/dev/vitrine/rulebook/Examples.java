package dev.vitrine.rulebook;

import static dev.vitrine.rulebook.RuleProblem.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.BadInput;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Cases in which a rule fires, and cases in which it does not: a file beside the rules, tried before they serve.
 *
 * <pre>
 * "A visitor who compares sees the best sellers side by side":
 *   fires:
 *     - case: three mats were compared
 *       readings: [ { mood: COMPARING, category: sport/yoga/mats } ]
 *       proposes: [ show comparison ]
 *   does-not-fire:
 *     - case: nothing was compared
 *       visit: { pages: 2 }
 * </pre>
 *
 * A case states only what matters; whatever it leaves out is as it is for a newcomer who has just arrived. {@code
 * proposes} and {@code reads}, where they stand, are everything that the rule is to say.
 */
final class Examples {
    /** The moment at which examples happen, unless they say another; rules with dates need one. */
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    /** Our choice: a case takes milliseconds, and on the busiest machine no second. */
    private static final Duration CASE_MAX = Duration.ofSeconds(5);

    private static final Set<String> KEYS = Set.of(
            "case",
            "at",
            "shop",
            "placement",
            "page",
            "shopper",
            "visit",
            "cart",
            "campaigns",
            "candidates",
            "readings",
            "proposes",
            "reads");
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
            Candidate.NEVER,
            null,
            null,
            false);
    private static final Shop ANY_SHOP = new Shop(1000, false, 12, Shop.THURSDAY);
    private static final Page ANY_PAGE = new Page(PageType.HOME, null, null, null, null, 0);
    private static final Campaign ANY_CAMPAIGN = new Campaign("any", null, null, 0, true, 24, 0, 0, null, null, null);
    private static final Reading ANY_READING = new Reading(Reading.BROWSING, null, 1, null);

    /** Of files that were looked at of late: most are the same at the next save, and reading them takes a fifth of a second. */
    private static final Cache<RuleFile, List<Situation>> SITUATIONS =
            Caffeine.newBuilder().maximumSize(RuleFolder.FILES_MAX).softValues().build();

    private final Map<String, CompiledFile> compiled = new HashMap<>();
    private final Map<String, RuleEngine> engines = new HashMap<>();
    private final Map<String, RuleCard> rules = new HashMap<>();
    private final Set<String> untried;
    private final ZoneId zone;
    private final Duration caseMax;
    private final List<RuleProblem> problems = new ArrayList<>();

    private Examples(
            List<CompiledFile> compiled, List<RuleCard> cards, Set<String> untried, ZoneId zone, Duration caseMax) {
        this.untried = untried;
        this.zone = zone;
        this.caseMax = caseMax;
        compiled.forEach(file -> this.compiled.put(file.file().path(), file));
        // of two rules of one name the one that is compiled is tried
        cards.forEach(card -> rules.merge(
                card.name(), card, (first, other) -> this.compiled.containsKey(first.file()) ? first : other));
    }

    /** Everything that is wrong with the examples, or with the rules when the examples are right. */
    static List<RuleProblem> problems(RuleCompiler.Compiled compiled, Collection<RuleFile> files) {
        return problems(compiled, files, CASE_MAX);
    }

    /** @param caseMax time that a case may take */
    static List<RuleProblem> problems(RuleCompiler.Compiled compiled, Collection<RuleFile> files, Duration caseMax) {
        return problems(compiled.files(), compiled.rules(), Set.of(), files, ZoneOffset.UTC, caseMax);
    }

    /**
     * The same where not all rules can be compiled.
     *
     * @param untried rules that are there but not compiled: their cases wait
     * @param zone the shop's: its days are those that rules name
     */
    static List<RuleProblem> problems(
            List<CompiledFile> compiled,
            List<RuleCard> cards,
            Set<String> untried,
            Collection<RuleFile> files,
            ZoneId zone) {
        return problems(compiled, cards, untried, files, zone, CASE_MAX);
    }

    private static List<RuleProblem> problems(
            List<CompiledFile> compiled,
            List<RuleCard> cards,
            Set<String> untried,
            Collection<RuleFile> files,
            ZoneId zone,
            Duration caseMax) {
        Examples examples = new Examples(compiled, cards, untried, zone, caseMax);
        Set<String> covered = new HashSet<>();
        for (RuleFile file : files) {
            if (file.holdsExamples()) {
                covered.addAll(examples.covered(file));
            }
        }
        for (RuleCard card : cards) {
            if (!covered.contains(card.name())) {
                String beside = card.file().replace(RuleFile.RULES, RuleFile.EXAMPLES);
                examples.problems.add(fault(
                        card.file(),
                        card.line(),
                        0,
                        card.name(),
                        "The rule has no examples.",
                        "Add cases in which it fires and cases in which it does not to " + beside + "."));
            }
        }
        return examples.problems;
    }

    /** The rules that the file has examples of; those that hold, for rules that stay as they are, are not tried again. */
    private Set<String> covered(RuleFile file) {
        CompiledFile beside = compiled.get(file.path().replace(RuleFile.EXAMPLES, RuleFile.RULES));
        Set<String> passed = beside == null ? null : beside.passed(file);
        if (passed != null) {
            return passed;
        }
        int before = problems.size();
        Set<String> covered = new HashSet<>();
        file(file, covered);
        boolean ofThatFile = beside != null
                && covered.stream()
                        .allMatch(rule ->
                                rules.get(rule).file().equals(beside.file().path()));
        if (ofThatFile && problems.size() == before) {
            beside.pass(file, covered);
        }
        return covered;
    }

    private void file(RuleFile file, Set<String> covered) {
        Node root;
        try {
            root = yaml(file);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(fault(file.path(), line, 0, "", "The file is not YAML: " + e.getProblem() + ".", ""));
            return;
        } catch (RuntimeException e) {
            problems.add(fault(file.path(), 0, 0, "", "The file is not YAML: " + e.getMessage() + ".", ""));
            return;
        }
        if (!(root instanceof MappingNode byRule)) {
            problems.add(fault(
                    file.path(), 1, 0, "", "The file holds no examples.", "Begin with a rule's name and a colon."));
            return;
        }
        for (NodeTuple entry : byRule.getValue()) {
            String rule = text(entry.getKeyNode());
            RuleCard card = rules.get(rule);
            if (card == null && untried.contains(rule)) {
                continue;
            }
            if (card == null) {
                problems.add(fault(
                        file.path(),
                        line(entry.getKeyNode()),
                        0,
                        rule,
                        "There is no rule of this name" + Nearest.hint(rule, rules.keySet()),
                        ""));
            } else {
                covered.add(rule);
                rule(file, card, entry);
            }
        }
    }

    private static Node yaml(RuleFile file) {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(20);
        limits.setNestingDepthLimit(12);
        limits.setAllowDuplicateKeys(false);
        return new Yaml(limits).compose(new StringReader(file.text()));
    }

    /** What the cases of all files tell of: moments that the shop's own people hold for typical. */
    static List<Situation> situations(Collection<RuleFile> files) {
        return files.stream()
                .filter(RuleFile::holdsExamples)
                .flatMap(file -> SITUATIONS.get(file, Examples::situations).stream())
                .toList();
    }

    private static List<Situation> situations(RuleFile file) {
        List<Situation> situations = new ArrayList<>();
        try {
            situations(yaml(file), situations);
        } catch (RuntimeException unreadable) {
            // what is wrong with it is told as a fault
        }
        return situations;
    }

    private static void situations(Node root, List<Situation> situations) {
        for (NodeTuple rule : ((MappingNode) root).getValue()) {
            for (NodeTuple cases : ((MappingNode) rule.getValueNode()).getValue()) {
                for (Node one : ((SequenceNode) cases.getValueNode()).getValue()) {
                    JsonNode given = json(one);
                    String about = given.path("case").asText("a case of \"" + text(rule.getKeyNode()) + "\"");
                    situations.add(new Situation(about, facts(given), readings(given), at(given)));
                }
            }
        }
    }

    private void rule(RuleFile file, RuleCard card, NodeTuple entry) {
        Set<String> kinds = new HashSet<>();
        if (entry.getValueNode() instanceof MappingNode lists) {
            for (NodeTuple list : lists.getValue()) {
                String kind = text(list.getKeyNode());
                if (!kind.equals("fires") && !kind.equals("does-not-fire")) {
                    problems.add(fault(
                            file.path(),
                            line(list.getKeyNode()),
                            0,
                            card.name(),
                            "'" + kind + "' is not known.",
                            "Use fires or does-not-fire."));
                } else if (list.getValueNode() instanceof SequenceNode cases) {
                    for (Node one : cases.getValue()) {
                        kinds.add(kind);
                        example(file, card, one, kind.equals("fires"));
                    }
                }
            }
        }
        boolean both = kinds.contains("fires") && (card.unconditional() || kinds.contains("does-not-fire"));
        if (!both) {
            problems.add(fault(
                    file.path(),
                    line(entry.getKeyNode()),
                    0,
                    card.name(),
                    "The examples need a case in which the rule fires and one in which it does not.",
                    ""));
        }
    }

    private void example(RuleFile file, RuleCard card, Node node, boolean fires) {
        int line = line(node);
        String name = "without a name";
        try {
            JsonNode given = json(node);
            name = given.path("case").asText(name);
            if (!given.isObject()) {
                throw new BadInput(null, "A case is a list of words with their values.");
            }
            given.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    throw new BadInput(key, "is not known" + Nearest.hint(key, KEYS));
                }
            });
            if (!compiled.containsKey(card.file())) {
                return;
            }
            RuleEngine engine = engines.computeIfAbsent(
                    card.file(), path -> compiled.get(path).alone(zone));
            Proposals shelf =
                    engine.fireAlone(card.name(), facts(given), readings(given), at(given), Stop.after(caseMax));
            boolean fired = !shelf.speaker().isEmpty();
            if (card.enabled() && fired != fires) {
                problems.add(fault(
                        file.path(),
                        line,
                        0,
                        card.name(),
                        "The case '" + name + "' expects that the rule " + (fires ? "fires" : "does not fire")
                                + ", and it " + (fired ? "fired" : "did not") + ".",
                        "Mend the rule or the case."));
                return;
            }
            if (card.enabled() && fires) {
                said(
                        file,
                        card,
                        line,
                        name,
                        given,
                        "proposes",
                        shelf.all().stream().map(Examples::told).toList());
                said(
                        file,
                        card,
                        line,
                        name,
                        given,
                        "reads",
                        shelf.readings().stream().map(by -> told(by.reading())).toList());
            }
        } catch (Stop.Asked late) {
            // not always the rule that the case is about: all rules of a file are weighed together
            problems.add(fault(
                    file.path(),
                    line,
                    0,
                    late.rule(),
                    "The case '" + name + "' took longer than " + caseMax.toMillis()
                            + " ms, and was given up in this rule.",
                    "Have the rule weigh fewer facts with each other."));
        } catch (BadInput bad) {
            problems.add(fault(
                    file.path(),
                    line,
                    0,
                    card.name(),
                    (bad.field() == null ? "" : bad.field() + " ") + bad.getMessage(),
                    ""));
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(fault(
                    file.path(),
                    line,
                    0,
                    card.name(),
                    "The rule broke on this case: " + RuleEngine.cause(e) + ".",
                    ""));
        }
    }

    private void said(
            RuleFile file, RuleCard card, int line, String name, JsonNode given, String key, List<String> said) {
        if (!given.has(key)) {
            return;
        }
        Set<String> expected = new TreeSet<>();
        given.get(key).forEach(one -> expected.add(one.asText()));
        Set<String> got = new TreeSet<>(said);
        if (!expected.equals(got)) {
            problems.add(fault(
                    file.path(),
                    line,
                    0,
                    card.name(),
                    "The case '" + name + "' " + key + " " + expected + " as expected, and " + got + " in fact.",
                    "Mend the rule or the case."));
        }
    }

    /** A proposal as a case writes it: the effect, and the sku where it concerns one. */
    static String told(Proposal proposal) {
        if (proposal instanceof Proposal.Hide hide) {
            return hide.effect() + " " + hide.candidate().sku();
        }
        if (proposal instanceof Proposal.Pin pin) {
            return pin.effect() + " " + pin.candidate().sku();
        }
        if (proposal instanceof Proposal.Boost boost) {
            return boost.effect() + " " + boost.candidate().sku();
        }
        return proposal.effect();
    }

    private static String told(Reading reading) {
        return (reading.mood() + " " + reading.category()).strip();
    }

    private static Facts facts(JsonNode given) {
        return new Facts(
                over(ANY_SHOP, given.path("shop"), "shop"),
                over(new Placement("home-page", 10, 2), given.path("placement"), "placement"),
                over(ANY_PAGE, given.path("page"), "page"),
                over(Shopper.NEWCOMER, given.path("shopper"), "shopper"),
                over(Visit.JUST_BEGUN, given.path("visit"), "visit"),
                over(Cart.WITHOUT_ITEMS, given.path("cart"), "cart"),
                list(ANY_CAMPAIGN, given.path("campaigns"), "campaigns"),
                list(ANY_CANDIDATE, given.path("candidates"), "candidates"));
    }

    private static List<Reading> readings(JsonNode given) {
        return list(ANY_READING, given.path("readings"), "readings");
    }

    private static Instant at(JsonNode given) {
        return given.has("at") ? Instant.parse(given.get("at").asText()) : NOON;
    }

    private static <T> List<T> list(T standard, JsonNode given, String at) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            all.add(over(standard, given.get(i), at + "[" + i + "]"));
        }
        return all;
    }

    /** The standard fact, with the fields that the case states laid over it. */
    @SuppressWarnings("unchecked") // read back as the class that it is of
    private static <T> T over(T standard, JsonNode given, String at) {
        if (given.isMissingNode()) {
            return standard;
        }
        ObjectNode merged = Json.MAPPER.createObjectNode();
        for (var component : standard.getClass().getRecordComponents()) {
            try {
                merged.set(
                        component.getName(),
                        Json.MAPPER.valueToTree(component.getAccessor().invoke(standard)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        given.fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
        if (standard instanceof Candidate && given.has("sku") && !given.has("family")) {
            merged.set("family", given.get("sku"));
        }
        return (T) Json.read(merged, standard.getClass(), at);
    }

    private static JsonNode json(Node node) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (node instanceof MappingNode mapping) {
            ObjectNode object = make.objectNode();
            mapping.getValue().forEach(entry -> object.set(text(entry.getKeyNode()), json(entry.getValueNode())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = make.arrayNode();
            sequence.getValue().forEach(element -> array.add(json(element)));
            return array;
        }
        String value = text(node);
        if (node.getTag().equals(Tag.INT)) {
            return make.numberNode(Integer.parseInt(value.replace("_", "")));
        }
        if (node.getTag().equals(Tag.FLOAT)) {
            return make.numberNode(Double.parseDouble(value.replace("_", "")));
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return make.booleanNode(Set.of("true", "yes", "on").contains(value.toLowerCase(java.util.Locale.ROOT)));
        }
        return make.textNode(value);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

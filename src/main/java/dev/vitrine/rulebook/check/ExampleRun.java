package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.check.FactsReader.text;
import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Tries rules on the cases of their examples files, once. */
public final class ExampleRun {
    private static final String MEND = "Mend the rule or the case.";

    private final Map<String, CompiledFile> compiled = new HashMap<>();
    private final Map<String, RuleEngine> engines = new HashMap<>();
    private final Map<String, RuleCard> rules = new HashMap<>();
    private final List<RuleCard> cards;
    private final Set<String> untried;
    private final ZoneId zone;
    private final Duration caseMax;
    private final List<RuleProblem> problems = new ArrayList<>();

    ExampleRun(List<CompiledFile> compiled, List<RuleCard> cards, Set<String> untried, ZoneId zone, Duration caseMax) {
        this.cards = cards;
        this.untried = untried;
        this.zone = zone;
        this.caseMax = caseMax;
        compiled.forEach(file -> this.compiled.put(file.file().path(), file));
        // of two rules of one name the one that is compiled is tried
        cards.forEach(card -> rules.merge(
                card.name(), card, (first, other) -> this.compiled.containsKey(first.file()) ? first : other));
    }

    /** Tries all cases of these files, and looks for rules without any. */
    List<RuleProblem> problems(Collection<RuleFile> files) {
        Set<String> covered = new HashSet<>();
        for (RuleFile file : files) {
            if (file.holdsExamples()) {
                covered.addAll(covered(file));
            }
        }
        for (RuleCard card : cards) {
            if (!covered.contains(card.name())) {
                String beside = card.file().replace(RuleFile.RULES, RuleFile.EXAMPLES);
                problems.add(fault(
                        card.file(),
                        card.line(),
                        0,
                        card.name(),
                        "The rule has no examples.",
                        "Add cases in which it fires and cases in which it does not to " + beside + "."));
            }
        }
        return problems;
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
            root = Examples.yaml(file);
        } catch (RuntimeException e) {
            problems.add(YamlDiagnosis.told(file, e));
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
                add(
                        file,
                        entry.getKeyNode(),
                        rule,
                        "There is no rule of this name.",
                        Nearest.to(rule, rules.keySet())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Write the name as it stands behind 'rule'."));
            } else {
                covered.add(rule);
                rule(file, card, entry);
            }
        }
    }

    private void rule(RuleFile file, RuleCard card, NodeTuple entry) {
        Set<String> kinds = new HashSet<>();
        if (entry.getValueNode() instanceof MappingNode lists) {
            for (NodeTuple list : lists.getValue()) {
                String kind = text(list.getKeyNode());
                if (!kind.equals("fires") && !kind.equals("does-not-fire")) {
                    add(
                            file,
                            list.getKeyNode(),
                            card.name(),
                            "'" + kind + "' is not known.",
                            "Use fires or does-not-fire.");
                } else if (list.getValueNode() instanceof SequenceNode cases) {
                    for (Node one : cases.getValue()) {
                        kinds.add(kind);
                        example(file, card, one, kind.equals("fires"));
                    }
                } else {
                    // what is told of it is enough: that the kind is missing would be told of the same slip
                    kinds.add(kind);
                    add(
                            file,
                            list.getKeyNode(),
                            card.name(),
                            "'" + kind + "' is no list of cases.",
                            "Begin each case with a dash: - case: what happens in it");
                }
            }
        }
        boolean both = kinds.contains("fires") && (card.unconditional() || kinds.contains("does-not-fire"));
        if (!both) {
            add(
                    file,
                    entry.getKeyNode(),
                    card.name(),
                    "The examples need a case in which the rule fires and one in which it does not.",
                    "Write fires: and does-not-fire: below the rule's name, and below each a case that begins with a"
                            + " dash.");
        }
    }

    private void example(RuleFile file, RuleCard card, Node node, boolean fires) {
        ExampleCase given = new ExampleCase(node, fires, zone);
        given.wrong().forEach(wrong -> add(file, wrong.where(), card.name(), wrong.message(), wrong.cure()));
        if (!given.wrong().isEmpty() || !compiled.containsKey(card.file())) {
            return;
        }
        Proposals shelf = fired(file, card, given);
        if (shelf == null || !card.enabled()) {
            return;
        }
        boolean fired = !shelf.speaker().isEmpty();
        if (fired && !fires) {
            add(
                    file,
                    node,
                    card.name(),
                    "The case '" + given.name() + "' expects that the rule does not fire, and it fired.",
                    MEND);
        } else if (fires && !fired) {
            silent(file, card, given);
        } else if (fires) {
            said(file, card, given, "proposes", shelf.all().stream().map(ExampleRun::told));
            said(file, card, given, "reads", shelf.readings().stream().map(by -> told(by.reading())));
        }
    }

    /** What the rule says in this case; null where it breaks, which is told. */
    private Proposals fired(RuleFile file, RuleCard card, ExampleCase given) {
        RuleEngine engine =
                engines.computeIfAbsent(card.file(), path -> compiled.get(path).alone(zone));
        try {
            return engine.fireAlone(
                    card.name(), given.facts(), given.readings(), given.at(), Cancellation.after(caseMax));
        } catch (Cancellation.CancelledException late) {
            // not always the rule that the case is about: all rules of a file are weighed together
            add(
                    file,
                    given.node(),
                    late.rule(),
                    "The case '" + given.name() + "' took longer than " + caseMax.toMillis()
                            + " ms, and was given up in this rule.",
                    "Have the rule weigh fewer facts with each other.");
        } catch (RuntimeException | StackOverflowError e) {
            add(
                    file,
                    given.node(),
                    card.name(),
                    "The rule broke on the case '" + given.name() + "': " + RuleEngine.cause(e) + ".",
                    "Mend the rule: what it does must be possible whatever the facts are.");
        }
        return null;
    }

    /** The rule was to fire and did not: says why, where dates or facts that are not there tell it. */
    private void silent(RuleFile file, RuleCard card, ExampleCase given) {
        LocalDate day = given.at().atZone(zone).toLocalDate();
        String why = "";
        String cure = MEND;
        Optional<String> missing = missing(card, given);
        if (card.effective() != null && day.isBefore(LocalDate.parse(card.effective()))) {
            why = ": the rule is live from " + card.effective() + ", and the case happens on " + day;
            cure = "Give the case an 'at' in its days: at: " + card.effective();
        } else if (card.expires() != null && !day.isBefore(LocalDate.parse(card.expires()))) {
            why = ": the rule ends before " + card.expires() + ", and the case happens on " + day;
            cure = "Give the case an 'at' in its days: at: "
                    + LocalDate.parse(card.expires()).minusDays(1);
        } else if (missing.isPresent()) {
            why = ": the rule asks for a " + missing.get() + ", and the case has none";
            cure = "Add " + missing.get().toLowerCase(Locale.ROOT) + "s: to the case.";
        }
        add(
                file,
                given.node(),
                card.name(),
                "The case '" + given.name() + "' expects that the rule fires, and it did not" + why + ".",
                cure);
    }

    /** A fact of which there may be any number, and of which the rule needs one where the case has none. */
    private Optional<String> missing(RuleCard card, ExampleCase given) {
        Set<String> none = new HashSet<>();
        if (given.facts().candidates().isEmpty()) {
            none.add("Candidate");
        }
        if (given.facts().campaigns().isEmpty()) {
            none.add("Campaign");
        }
        if (given.readings().isEmpty()) {
            none.add("Reading");
        }
        return compiled.get(card.file()).shapes().stream()
                .filter(shape -> shape.card().name().equals(card.name()))
                .flatMap(shape -> shape.asked().stream())
                .map(RuleShape.Asked::type)
                .filter(none::contains)
                .findFirst();
    }

    private void said(RuleFile file, RuleCard card, ExampleCase given, String key, Stream<String> said) {
        Set<String> expected = given.expected(key);
        Set<String> got = said.collect(Collectors.toCollection(TreeSet::new));
        if (expected != null && !expected.equals(got)) {
            add(
                    file,
                    given.where(key),
                    card.name(),
                    "The case '" + given.name() + "' " + key + " " + expected + " as expected, and " + got
                            + " in fact.",
                    MEND);
        }
    }

    private void add(RuleFile file, Node where, String rule, String message, String cure) {
        Mark mark = where.getStartMark();
        problems.add(fault(file.path(), mark.getLine() + 1, mark.getColumn() + 1, rule, message, cure));
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
}

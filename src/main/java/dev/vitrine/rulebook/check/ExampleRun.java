package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.check.FactsReader.text;
import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.language.Contradiction;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Runs examples files against the rules once, and finds rules without examples. */
final class ExampleRun {
    private static final Set<String> KINDS = Set.of("fires", "does-not-fire");
    private static final int INQUIRIES_MAX = 5;

    private final Map<String, CompiledFile> compiled = new HashMap<>();
    private final Map<String, RuleEngine> engines = new HashMap<>();
    private final Map<String, RuleCard> rules = new HashMap<>();
    private final List<RuleCard> cards;
    private final Set<String> untried;
    private final ZoneId zone;
    private final Duration caseMax;
    private final RuleInquiry inquiry;
    private final Cancellation cancellation;
    private int inquiries;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Set<String> ruleFiles = new HashSet<>();
    private final Set<String> impossible = new HashSet<>();
    /** Examples files of which nobody can tell what they are about: that their rules have none is no second mistake. */
    private final Set<String> unreadable = new HashSet<>();

    /** @param cancellation ends the run; what it returns then is of no use */
    ExampleRun(
            List<CompiledFile> compiled,
            List<RuleCard> cards,
            Set<String> untried,
            ZoneId zone,
            Duration caseMax,
            RuleInquiry inquiry,
            Cancellation cancellation) {
        this.inquiry = inquiry;
        this.cancellation = cancellation;
        this.cards = cards;
        this.untried = untried;
        this.zone = zone;
        this.caseMax = caseMax;
        compiled.forEach(file -> this.compiled.put(file.file().path(), file));
        compiled.forEach(file -> file.shapes().forEach(this::requirePossible));
        // if two rules have the same name, the compiled one is tried
        cards.forEach(card -> rules.merge(
                card.name(), card, (first, other) -> this.compiled.containsKey(first.file()) ? first : other));
    }

    /** A rule that can never fire has no case in which it does, so its cases are not tried. */
    private void requirePossible(RuleShape rule) {
        String why = rule.impossible();
        if (why != null) {
            RuleCard card = rule.card();
            impossible.add(card.name());
            Contradiction found = rule.contradiction();
            Optional<Token> place = Optional.ofNullable(found)
                    .flatMap(one -> one.place(compiled.get(card.file()).file().text(), card.line()));
            problems.add(fault(
                    card.file(),
                    place.map(Token::line).orElse(card.line()),
                    place.map(Token::column).orElse(1),
                    card.name(),
                    Conflicts.NEVER_FIRES + why + ".",
                    Conflicts.cure(rule)));
        }
    }

    List<RuleProblem> problems(Collection<RuleFile> files) {
        Set<String> covered = new HashSet<>();
        files.stream().filter(RuleFile::holdsRules).map(RuleFile::path).forEach(ruleFiles::add);
        for (RuleFile file : files) {
            if (file.holdsExamples()) {
                covered.addAll(covered(file));
            }
        }
        for (RuleCard card : cards) {
            String beside = card.file().replace(RuleFile.RULES, RuleFile.EXAMPLES);
            if (!covered.contains(card.name()) && !unreadable.contains(beside)) {
                problems.add(fault(
                        card.file(),
                        card.line(),
                        1,
                        card.name(),
                        "The rule has no examples.",
                        "Add cases in which it fires and cases in which it does not to " + beside + "."));
            }
        }
        return problems;
    }

    /** The rules that the file has examples of. Examples that passed are not run again while their rules stay the same. */
    private Set<String> covered(RuleFile file) {
        CompiledFile beside = compiled.get(file.path().replace(RuleFile.EXAMPLES, RuleFile.RULES));
        Set<String> passed = beside == null ? null : beside.passed(file);
        if (passed != null) {
            return passed;
        }
        int before = problems.size();
        Set<String> covered = new HashSet<>();
        file(file, covered);
        boolean onlyRulesBeside = beside != null
                && covered.stream()
                        .allMatch(rule ->
                                rules.get(rule).file().equals(beside.file().path()));
        if (onlyRulesBeside && !cancellation.isCancelled() && problems.size() == before) {
            beside.markPassed(file, covered);
        }
        return covered;
    }

    private void file(RuleFile file, Set<String> covered) {
        Node root;
        try {
            root = Examples.yaml(file);
        } catch (RuntimeException e) {
            problems.add(YamlDiagnosis.of(file, e));
            unreadable.add(file.path());
            return;
        }
        if (!(root instanceof MappingNode byRule)) {
            problems.add(fault(
                    file.path(), 1, 1, "", "The file contains no examples.", "Begin with a rule's name and a colon."));
            unreadable.add(file.path());
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : byRule.getValue()) {
            String rule = text(entry.getKeyNode());
            RuleCard card = rules.get(rule);
            if (KINDS.contains(rule) && !covered.isEmpty()) {
                add(
                        file,
                        entry.getKeyNode(),
                        "",
                        "'" + rule + "' does not belong to a rule.",
                        "Indent it, and the lines below it, under the rule's name.");
                return;
            } else if (!seen.add(rule)) {
                add(
                        file,
                        entry.getKeyNode(),
                        rule,
                        "The rule is here twice.",
                        "Write all of its cases under one name.");
            } else if (card != null) {
                covered.add(rule);
                rule(file, card, entry, byRule);
            } else if (!untried.contains(rule) && !besideIsBroken(file)) {
                Optional<String> near = Nearest.to(rule, rules.keySet());
                // that the rule of the right name has no examples is the same mistake
                near.ifPresent(covered::add);
                add(
                        file,
                        entry.getKeyNode(),
                        rule,
                        "There is no rule of this name.",
                        near.map(name -> "Did you mean '" + name + "'?")
                                .orElse(
                                        "Write the name exactly as it stands after 'rule'. If the rule was deleted, delete its"
                                                + " examples, too."));
            }
        }
    }

    /** Whether the rules of the examples cannot be read, so that nobody knows their names. */
    private boolean besideIsBroken(RuleFile examples) {
        String beside = examples.path().replace(RuleFile.EXAMPLES, RuleFile.RULES);
        return ruleFiles.contains(beside) && !compiled.containsKey(beside);
    }

    private void rule(RuleFile file, RuleCard card, NodeTuple entry, MappingNode all) {
        boolean outside = all.getValue().stream().anyMatch(other -> KINDS.contains(text(other.getKeyNode())));
        boolean twice = all.getValue().stream()
                        .filter(other -> text(other.getKeyNode()).equals(card.name()))
                        .count()
                > 1;
        Set<String> kinds = new HashSet<>();
        Set<String> names = new HashSet<>();
        if (entry.getValueNode() instanceof MappingNode lists) {
            for (NodeTuple list : lists.getValue()) {
                String kind = text(list.getKeyNode());
                if (!KINDS.contains(kind)) {
                    // counts as what was meant: one mistake is reported once
                    kinds.addAll(KINDS);
                    add(
                            file,
                            list.getKeyNode(),
                            card.name(),
                            "'" + kind + "' is not known.",
                            "Use fires or does-not-fire.");
                } else if (list.getValueNode() instanceof SequenceNode cases) {
                    for (Node one : cases.getValue()) {
                        kinds.add(kind);
                        example(file, card, one, kind.equals("fires"), names);
                    }
                } else {
                    // counts as present: one mistake is reported once
                    kinds.add(kind);
                    add(
                            file,
                            list.getKeyNode(),
                            card.name(),
                            "'" + kind + "' is not a list of cases.",
                            "Begin each case with a dash: - case: what happens in it");
                }
            }
        }
        boolean both = kinds.contains("fires") && (card.unconditional() || kinds.contains("does-not-fire"));
        if (!both && !outside && !twice) {
            add(
                    file,
                    entry.getKeyNode(),
                    card.name(),
                    "The examples need a case in which the rule fires and one in which it does not.",
                    "Write fires: and does-not-fire: below the rule's name, and below each a case that begins with a"
                            + " dash.");
        }
    }

    private void example(RuleFile file, RuleCard card, Node node, boolean fires, Set<String> names) {
        ExampleCase given = new ExampleCase(node, fires, zone);
        if (!given.nameOr("").isEmpty() && !names.add(given.name())) {
            add(
                    file,
                    given.where("case"),
                    card.name(),
                    "Two cases are called '" + given.name() + "'.",
                    "Say in each what makes it another case.");
        }
        given.faults().forEach(fault -> add(file, fault.where(), card.name(), fault.message(), fault.cure()));
        CompiledFile rules = compiled.get(card.file());
        if (given.faults().isEmpty()
                && rules != null
                && !impossible.contains(card.name())
                && !cancellation.isCancelled()) {
            RuleEngine engine = engines.computeIfAbsent(card.file(), path -> rules.alone(zone));
            new CaseRun(given, card, rules, zone, (where, rule, message, cure) -> add(file, where, rule, message, cure))
                    .run(engine, caseMax, cancellation, this::inquiry);
        }
    }

    /** Null once enough cases were looked into: it costs a compilation, and nobody reads a hundred faults at once. */
    private RuleInquiry inquiry() {
        return inquiries++ < INQUIRIES_MAX ? inquiry : null;
    }

    private void add(RuleFile file, Node where, String rule, String message, String cure) {
        Mark mark = where.getStartMark();
        // the mark counts an emoji once, and everybody else twice
        String line = file.text().lines().skip(mark.getLine()).findFirst().orElse("");
        int characters = Math.min(mark.getColumn(), line.codePointCount(0, line.length()));
        problems.add(fault(
                file.path(), mark.getLine() + 1, line.offsetByCodePoints(0, characters) + 1, rule, message, cure));
    }
}

package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.ShortNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Runs one case of an example against its rule, and reports how the rule differs from what the case expects. */
final class CaseRun {
    static final String EXPECTED_TO_FIRE = "expects that the rule fires, but it did not";

    private static final String MEND = "Correct the rule or the case.";
    /** A rule can propose something for each of a thousand candidates. */
    private static final int LINES_MAX = 10;

    private static final Pattern DECIMAL = Pattern.compile("(?<![\\w.-])\\d{1,9}\\.\\d{1,18}(?![\\w.-])");

    /** What a condition asks for, and what it found. */
    private static final Pattern COMPARED = Pattern.compile("== \"([^\"]+)\" \\) did not hold, \\w+ was \"([^\"]+)\"");

    interface Report {
        void fault(Node where, String rule, String message, String cure);
    }

    private final ExampleCase given;
    private final RuleCard card;
    private final CompiledFile compiled;
    private final ZoneId zone;
    private final Report report;

    CaseRun(ExampleCase given, RuleCard card, CompiledFile compiled, ZoneId zone, Report report) {
        this.given = given;
        this.card = card;
        this.compiled = compiled;
        this.zone = zone;
        this.report = report;
    }

    /** @param inquiry tells why the rule did not fire; null where enough was asked */
    void run(RuleEngine engine, Duration timeMax, Cancellation cancellation, Supplier<RuleInquiry> inquiry) {
        Proposals shelf = fire(engine, timeMax, cancellation);
        // a paused rule compiles and must not break, but it does not fire
        if (shelf == null || !card.enabled()) {
            return;
        }
        boolean fired = !shelf.speaker().isEmpty();
        if (fired && !given.fires()) {
            fault("The case '" + given.name() + "' expects that the rule does not fire, but it fired.", MEND);
        } else if (given.fires() && !fired) {
            didNotFire(cancellation, inquiry);
        } else if (given.fires()) {
            compare("proposes", shelf.all().stream().map(CaseRun::written));
            compare("reads", shelf.readings().stream().map(by -> written(by.reading())));
        }
    }

    /** What the rule says in this case, null if it breaks or takes too long. */
    private Proposals fire(RuleEngine engine, Duration timeMax, Cancellation cancellation) {
        try {
            return engine.fireAlone(
                    card.name(), given.facts(), given.readings(), given.at(), cancellation.within(timeMax));
        } catch (Cancellation.CancelledException late) {
            // the conditions of all rules of the file are checked, so it may be another rule
            report.fault(
                    given.node(),
                    late.rule(),
                    "The case '" + given.name() + "' took longer than " + timeMax.toMillis()
                            + " ms and was stopped in this rule.",
                    "Let the rule compare fewer facts with each other.");
        } catch (RuntimeException | StackOverflowError e) {
            fault(
                    "The rule failed on the case '" + given.name() + "': " + RuleEngine.cause(e) + ".",
                    "Correct the rule: its consequence must be valid for all facts.");
        }
        return null;
    }

    private void didNotFire(Cancellation cancellation, Supplier<RuleInquiry> inquiry) {
        LocalDate day = given.at().atZone(zone).toLocalDate();
        String why = "";
        String cure = MEND;
        Optional<String> missing = missingFact();
        if (card.effective() != null && day.isBefore(LocalDate.parse(card.effective()))) {
            why = ": the rule is live from " + card.effective() + ", and the case happens on " + day;
            cure = "Give the case a day on which the rule is live: at: " + card.effective();
        } else if (card.expires() != null && !day.isBefore(LocalDate.parse(card.expires()))) {
            why = ": the rule ends before " + card.expires() + ", and the case happens on " + day;
            cure = "Give the case a day on which the rule is live: at: "
                    + LocalDate.parse(card.expires()).minusDays(1);
        } else if (missing.isPresent()) {
            why = ": the rule asks for a " + missing.get() + ", and the case has none";
            cure = "Add " + missing.get().toLowerCase(Locale.ROOT) + "s: to the case.";
        } else {
            why = failing(cancellation, inquiry.get());
        }
        String message = "The case '" + given.name() + "' " + EXPECTED_TO_FIRE + why + ".";
        Optional<Misspelt> misspelt = misspelt(why);
        if (misspelt.isPresent()) {
            Misspelt word = misspelt.get();
            report.fault(word.where(), card.name(), message, "In the case, did you mean '" + word.meant() + "'?");
        } else {
            fault(message, cure);
        }
    }

    /** A value of the case that is nearly the one that the rule asks for. */
    private record Misspelt(Node where, String meant) {}

    private Optional<Misspelt> misspelt(String why) {
        Matcher compared = COMPARED.matcher(why);
        while (compared.find()) {
            String meant = compared.group(1);
            String written = compared.group(2);
            boolean near = !meant.equals(written)
                    && !written.isEmpty()
                    && (plain(meant).equals(plain(written))
                            || Nearest.to(written, Set.of(meant)).isPresent());
            Optional<Node> where = near ? given.valueNode(written) : Optional.empty();
            if (where.isPresent()) {
                return where.map(node -> new Misspelt(node, meant));
            }
        }
        return Optional.empty();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private String failing(Cancellation cancellation, RuleInquiry inquiry) {
        RuleInquiry.Situation situation = new RuleInquiry.Situation(given.facts(), given.readings(), given.at(), true);
        return inquiry == null
                ? ""
                : compiled.conditions(card.name())
                        .flatMap(parts -> inquiry.failing(parts, situation, null, cancellation))
                        .map(found -> ": " + found.sentence())
                        .orElse("");
    }

    /** A fact type that the rule matches and the case lacks. */
    private Optional<String> missingFact() {
        Set<String> absent = new HashSet<>();
        if (given.facts().candidates().isEmpty()) {
            absent.add("Candidate");
        }
        if (given.facts().campaigns().isEmpty()) {
            absent.add("Campaign");
        }
        if (given.readings().isEmpty()) {
            absent.add("Reading");
        }
        return compiled.shapes().stream()
                .filter(shape -> shape.card().name().equals(card.name()))
                .flatMap(shape -> shape.facts().stream())
                .map(RuleShape.FactPattern::type)
                .filter(absent::contains)
                .findFirst();
    }

    private void compare(String key, Stream<String> said) {
        Set<String> stated = given.expected(key);
        Set<String> expected = stated == null
                ? null
                : stated.stream().map(CaseRun::normal).collect(Collectors.toCollection(TreeSet::new));
        Set<String> actual = said.map(CaseRun::normal).collect(Collectors.toCollection(TreeSet::new));
        if (expected != null && !expected.equals(actual)) {
            report.fault(
                    given.where(key),
                    card.name(),
                    "The case '" + given.name() + "' " + key + " something else."
                            + lines("expected", expected, actual)
                            + lines("got", actual, expected),
                    MEND);
        }
    }

    /** What one side says and the other does not, one a line. */
    private static String lines(String side, Set<String> said, Set<String> other) {
        List<String> only = said.stream().filter(one -> !other.contains(one)).toList();
        StringBuilder text = new StringBuilder();
        only.stream()
                .limit(LINES_MAX)
                .forEach(one -> text.append("\n").append(side).append(": ").append(one));
        if (only.isEmpty()) {
            text.append("\n").append(side).append(": nothing else");
        } else if (only.size() > LINES_MAX) {
            text.append("\n")
                    .append(side)
                    .append(": ")
                    .append(only.size() - LINES_MAX)
                    .append(" more");
        }
        return text.toString();
    }

    /** Numbers in one form, so that {@code boost 1.50 a} is {@code boost 1.5 a}, with the digits that people write. */
    private static String normal(String said) {
        return DECIMAL.matcher(said.strip()).replaceAll(number -> ShortNumber.of(Double.parseDouble(number.group())));
    }

    private void fault(String message, String cure) {
        report.fault(given.node(), card.name(), message, cure);
    }

    /** A proposal as a case writes it: the effect, and the sku if it concerns one. */
    private static String written(Proposal proposal) {
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

    private static String written(Reading reading) {
        return (reading.mood() + " " + reading.category()).strip();
    }
}

package dev.vitrine.rulebook;

import dev.vitrine.problem.Unavailable;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks rule files over: what keeps them from being published, and what is only odd. */
@Singleton
final class RuleCheck {
    private static final Logger LOG = Logger.getLogger(RuleCheck.class);

    /** Our choice: nobody reads more, and each is compared with all that the shop knows. */
    private static final int ODD_WORDS_MAX = 100;

    /** Our choice: a saved file is to be live within two seconds, and a trial only warns. */
    private static final Duration TRIAL_MAX = Duration.ofMillis(300);

    /** Our choice: by then a decision takes a small part of its time budget, and a change is still live at once. */
    static final Duration WARM_ENOUGH = Duration.ofMillis(100);

    /** Our choice: for the first firing of the largest book on a busy machine a few times too long. */
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(10);

    private static final Duration CHECK_MAX = Duration.ofMinutes(2);

    private final ShopWords words;
    private final Clock clock;
    private final ZoneId zone;
    private final List<RecentVisits> visits;
    private final Workbench bench;

    @Inject
    RuleCheck(
            ShopWords words,
            Clock clock,
            @ConfigProperty(name = "vitrine.decision.zone", defaultValue = "UTC") ZoneId zone,
            @All List<RecentVisits> visits,
            @ConfigProperty(name = "vitrine.rulebook.check-max", defaultValue = "2m") Duration max) {
        this(words, clock, zone, visits, new Workbench(max));
    }

    RuleCheck(ShopWords words, Clock clock, ZoneId zone, List<RecentVisits> visits, Workbench bench) {
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        this.visits = visits;
        this.bench = bench;
    }

    /** Without visits to try rules on. */
    RuleCheck(ShopWords words, Clock clock, ZoneId zone) {
        this(words, clock, zone, List.of(), new Workbench(CHECK_MAX));
    }

    /** The shop's day, wherever the service runs. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    ZoneId zone() {
        return zone;
    }

    /** An edition that was kept. It served before: an example that fails today is not to take it off. */
    Edition kept(StoredEdition edition) throws RuleBookFaults {
        List<RuleFile> files = edition.files();
        try {
            return bench.work(() -> untried(files)).edition(edition);
        } catch (Workbench.GivenUp late) {
            throw new RuleBookFaults(late.faults(files));
        } catch (Unavailable noRoom) {
            throw new RuleBookFaults(RuleProblem.fault("", 0, 0, "", noRoom.getMessage() + ".", ""));
        }
    }

    private Draft untried(List<RuleFile> files) {
        try {
            RuleCompiler.Compiled compiled = RuleCompiler.compileUntried(files, zone);
            return new Draft(files, warmUp(compiled), List.of(), compiled);
        } catch (RuleBookFaults faults) {
            return new Draft(files, faults.problems(), List.of(), null);
        }
    }

    /**
     * Whatever the files hold, the answer is a draft: one with faults where they cannot be used.
     *
     * @throws Unavailable while checks that were given up leave no room for another
     */
    Draft of(Collection<RuleFile> files) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return bench.work(() -> draft(sorted));
        } catch (Workbench.GivenUp late) {
            return new Draft(sorted, late.faults(sorted), List.of(), null);
        }
    }

    /**
     * The same for those who only ask, and wait for their turn.
     *
     * @throws Unavailable when that takes too long
     */
    Draft asked(Collection<RuleFile> files) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return bench.workInTurn(() -> draft(sorted));
        } catch (Workbench.GivenUp late) {
            return new Draft(sorted, late.faults(sorted), List.of(), null);
        }
    }

    private Draft draft(List<RuleFile> sorted) {
        List<RuleProblem> faults = new ArrayList<>();
        sorted.forEach(file -> file.unfit().ifPresent(faults::add));
        if (sorted.size() > RuleFolder.FILES_MAX) {
            faults.add(RuleProblem.fault(
                    "",
                    0,
                    0,
                    "",
                    "There are " + sorted.size() + " rule files; at most " + RuleFolder.FILES_MAX + " are taken.",
                    ""));
        }
        if (!faults.isEmpty()) {
            return new Draft(sorted, faults, List.of(), null);
        }
        try {
            RuleCompiler.Checked checked = RuleCompiler.check(sorted, zone);
            List<RuleProblem> found = checked.faults().isEmpty() ? warmUp(checked.compiled()) : checked.faults();
            List<RuleProblem> warnings = new ArrayList<>(warnings(checked.words(), checked.rules()));
            warnings.addAll(conflicts(checked, sorted));
            return new Draft(sorted, found, warnings, checked.compiled());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // whatever it is, nobody is to be left without an answer
            LOG.error("Rules could not be checked", e);
            RuleProblem fault =
                    RuleProblem.fault("", 0, 0, "", "The rules cannot be checked: " + e + ".", "The log says more.");
            return new Draft(sorted, List.of(fault), List.of(), null);
        }
    }

    /** On a busy visit that is made up; what is wrong with that, nothing where all is well. */
    private static List<RuleProblem> warmUp(RuleCompiler.Compiled compiled) {
        try {
            return compiled.engine().warmUp(MadeUp.facts(), WARM_ENOUGH, Stop.after(WARM_UP_MAX))
                    ? List.of()
                    : List.of(RuleProblem.fault(
                            "",
                            0,
                            0,
                            "",
                            "The rules take longer than " + WARM_UP_MAX.toMillis() + " ms on a busy visit.",
                            "Have them weigh fewer facts with each other."));
        } catch (RuntimeException | StackOverflowError e) {
            return List.of(RuleProblem.fault(
                    "", 0, 0, "", "The rules break as a whole on a trial: " + e.getMessage() + ".", ""));
        }
    }

    /** What is odd about an edition as the shop stands now: products come and go, and days pass. */
    List<RuleProblem> warnings(Edition edition) {
        List<RuleProblem> warnings = new ArrayList<>(warnings(edition.words(), edition.rules()));
        warnings.addAll(edition.conflicts());
        return warnings;
    }

    /** Those that the trees tell; of others, found on a trial, each pair of rules only where the trees told nothing. */
    private List<RuleProblem> conflicts(RuleCompiler.Checked checked, List<RuleFile> files) {
        List<RuleProblem> conflicts = new ArrayList<>(Conflicts.of(checked.files()));
        if (checked.faults().isEmpty()) {
            Set<String> told = new HashSet<>();
            conflicts.forEach(conflict -> told.add(conflict.rule()));
            List<Situation> recent =
                    visits.stream().flatMap(some -> some.some().stream()).toList();
            Trial.of(checked.compiled(), files, recent, TRIAL_MAX).stream()
                    .filter(found -> !told.contains(found.rule()))
                    .forEach(conflicts::add);
        }
        return conflicts;
    }

    private List<RuleProblem> warnings(List<Spelling.Word> named, List<RuleCard> rules) {
        List<RuleProblem> warnings = new ArrayList<>();
        named.stream()
                .flatMap(word -> words.problem(word).stream())
                .limit(ODD_WORDS_MAX)
                .forEach(warnings::add);
        String today = today().toString();
        for (RuleCard rule : rules) {
            // both are written as 2026-11-25, or else it is a fault
            if (rule.expires() != null
                    && rule.expires().length() == today.length()
                    && rule.expires().compareTo(today) <= 0) {
                warnings.add(RuleProblem.warning(
                        rule.file(),
                        rule.line(),
                        0,
                        rule.name(),
                        "The rule ended on " + rule.expires() + " and fires no more.",
                        "Give it new dates, or delete it."));
            }
        }
        return warnings;
    }
}

package dev.vitrine.rulebook.check;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleChange.Change;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks rule files over: what keeps them from being published, and what is only odd. */
@Singleton
public final class RuleCheck {
    private static final Logger LOG = Logger.getLogger(RuleCheck.class);

    /** Our choice: nobody reads more, and each is compared with all that the shop knows. */
    private static final int ODD_WORDS_MAX = 100;

    /** Our choice: a saved file is to be live within two seconds, and a trial only warns. */
    private static final Duration TRIAL_MAX = Duration.ofMillis(300);

    /** Our choice: by then a decision takes a small part of its time budget, and a change is still live at once. */
    public static final Duration WARM_ENOUGH = Duration.ofMillis(100);

    /** Our choice: for the first firing of the largest book on a busy machine a few times too long. */
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(10);

    private final RuleCompiler compiler;
    private final Examples examples;
    private final ShopWords words;
    private final Clock clock;
    private final ZoneId zone;
    private final List<RecentVisits> visits;
    private final CheckExecutor bench;

    @Inject
    RuleCheck(
            RuleCompiler compiler,
            Examples examples,
            ShopWords words,
            Clock clock,
            @ConfigProperty(name = "vitrine.decision.zone", defaultValue = "UTC") ZoneId zone,
            @All List<RecentVisits> visits,
            @ConfigProperty(name = "vitrine.rulebook.check-max", defaultValue = "2m") Duration max) {
        this(compiler, examples, words, clock, zone, visits, new CheckExecutor(max));
    }

    RuleCheck(
            RuleCompiler compiler,
            Examples examples,
            ShopWords words,
            Clock clock,
            ZoneId zone,
            List<RecentVisits> visits,
            CheckExecutor bench) {
        this.compiler = compiler;
        this.examples = examples;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        this.visits = visits;
        this.bench = bench;
    }

    /** The shop's day, wherever the service runs. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /** An edition that was kept. It served before: an example that fails today is not to take it off. */
    public Edition kept(StoredEdition edition) throws InvalidRulesException {
        List<RuleFile> files = edition.files();
        try {
            return bench.work(() -> untried(files)).edition(edition);
        } catch (CheckExecutor.GivenUp late) {
            throw new InvalidRulesException(late.faults(compiler.inUse(files)));
        } catch (UnavailableException noRoom) {
            throw new InvalidRulesException(RuleProblem.fault("", 0, 0, "", noRoom.getMessage() + ".", ""));
        }
    }

    private Draft untried(List<RuleFile> files) {
        try {
            RuleCompiler.Compiled compiled = compiler.compile(files, zone);
            return new Draft(files, warmUp(compiled), List.of(), null, compiled);
        } catch (InvalidRulesException faults) {
            return Draft.unfit(files, faults.problems());
        }
    }

    /** The same for files of which none is live. */
    public Draft of(Collection<RuleFile> files) {
        return of(files, List.of());
    }

    /**
     * Whatever the files hold, the answer is a draft: one with faults where they cannot be used.
     *
     * @param before what is live: a rule that stands there too and concerns nobody is no news
     * @throws UnavailableException while checks that were given up leave no room for another
     */
    public Draft of(Collection<RuleFile> files, Collection<RuleFile> before) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return bench.work(() -> draft(sorted, before));
        } catch (CheckExecutor.GivenUp late) {
            return Draft.unfit(sorted, late.faults(compiler.inUse(sorted)));
        }
    }

    /**
     * The same for those who only ask, and wait for their turn.
     *
     * @throws UnavailableException when that takes too long
     */
    public Draft asked(Collection<RuleFile> files, Collection<RuleFile> before) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return bench.workInTurn(() -> draft(sorted, before));
        } catch (CheckExecutor.GivenUp late) {
            return Draft.unfit(sorted, late.faults(compiler.inUse(sorted)));
        }
    }

    private Draft draft(List<RuleFile> sorted, Collection<RuleFile> before) {
        List<RuleProblem> faults = new ArrayList<>();
        sorted.forEach(file -> file.unfit().ifPresent(faults::add));
        if (sorted.size() > RuleFile.FILES_MAX) {
            faults.add(RuleProblem.fault(
                    "",
                    0,
                    0,
                    "",
                    "There are " + sorted.size() + " rule files; at most " + RuleFile.FILES_MAX + " are taken.",
                    ""));
        }
        if (!faults.isEmpty()) {
            return Draft.unfit(sorted, faults);
        }
        try {
            RuleCompiler.Checked checked = checked(sorted);
            List<RuleProblem> found = checked.faults().isEmpty() ? warmUp(checked.compiled()) : checked.faults();
            List<RuleProblem> conflicts = found.isEmpty()
                    ? conflicts(checked.compiled(), sorted, expected(checked.compiled(), sorted, before))
                    : Conflicts.of(checked.files());
            return new Draft(sorted, found, warnings(checked.words(), checked.rules()), conflicts, checked.compiled());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // whatever it is, nobody is to be left without an answer
            LOG.error("Rules could not be checked", e);
            RuleProblem fault =
                    RuleProblem.fault("", 0, 0, "", "The rules cannot be checked: " + e + ".", "The log says more.");
            return Draft.unfit(sorted, List.of(fault));
        }
    }

    /** Compiled and, where that is possible, tried on the examples. */
    private RuleCompiler.Checked checked(List<RuleFile> files) {
        RuleCompiler.Checked checked = compiler.check(files, zone);
        return checked.readable()
                ? checked.with(examples.problems(checked.files(), checked.rules(), checked.untried(), files, zone))
                : checked;
    }

    /** On a busy visit that is made up; what is wrong with that, nothing where all is well. */
    private static List<RuleProblem> warmUp(RuleCompiler.Compiled compiled) {
        try {
            return compiled.engine().warmUp(SyntheticVisit.facts(), WARM_ENOUGH, Cancellation.after(WARM_UP_MAX))
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
    public List<RuleProblem> warnings(Edition edition) {
        List<RuleProblem> warnings = new ArrayList<>(warnings(edition.words(), edition.rules()));
        warnings.addAll(edition.conflicts(compiled -> conflicts(compiled, edition.files(), Set.of())));
        return warnings;
    }

    /** Those that the trees tell; of others, found on a trial, each pair of rules only where the trees told nothing. */
    private List<RuleProblem> conflicts(RuleCompiler.Compiled draft, List<RuleFile> files, Set<String> expected) {
        List<RuleProblem> conflicts = new ArrayList<>(Conflicts.of(draft.files()));
        Set<String> told = new HashSet<>();
        conflicts.forEach(conflict -> told.add(conflict.rule()));
        tried(draft, files, expected).stream()
                .filter(found -> !told.contains(found.rule()))
                .forEach(conflicts::add);
        return conflicts;
    }

    private List<RuleProblem> tried(RuleCompiler.Compiled draft, List<RuleFile> files, Set<String> expected) {
        try {
            ConflictProbe trial = new ConflictProbe(draft, clock.instant(), TRIAL_MAX);
            trial.onVisits(
                    visits.stream()
                            .map(some -> some.newestFirst(draft.namedSkus()))
                            .reduce(Stream.empty(), Stream::concat),
                    expected);
            trial.onExamples(examples.situations(files));
            return trial.found();
        } catch (RuntimeException e) {
            // a trial only warns: whatever breaks it is to keep nothing from being published
            LOG.error("A draft could not be tried", e);
            return List.of();
        }
    }

    /** Rules that the change brings, and that visits of late ought to have met: those that wait for a time need not. */
    private Set<String> expected(RuleCompiler.Compiled draft, Collection<RuleFile> files, Collection<RuleFile> before) {
        Set<String> expected = new HashSet<>();
        RuleChange.between(before, files).stream()
                .filter(change -> change.change() == Change.ADDED || change.change() == Change.CHANGED)
                .forEach(change -> expected.add(change.rule()));
        Set<String> due = new HashSet<>();
        draft.files().stream()
                .flatMap(file -> file.shapes().stream())
                .filter(shape -> !shape.waits() && due(shape.card()))
                .forEach(shape -> due.add(shape.card().name()));
        expected.retainAll(due);
        return expected;
    }

    /** Whether its days have come and are not over. */
    private boolean due(RuleCard rule) {
        // days are written as 2026-11-25
        String today = today().toString();
        return (rule.effective() == null || rule.effective().compareTo(today) <= 0)
                && (rule.expires() == null || rule.expires().compareTo(today) > 0);
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

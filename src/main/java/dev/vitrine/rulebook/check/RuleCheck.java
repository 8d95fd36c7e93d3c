package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.assist.QuickFixes;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleChange.Change;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.ShopperQuestions;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Checks rule files: finds the faults that keep them from being published, and warns of what is only odd. */
@Singleton
public final class RuleCheck {
    private static final Logger LOG = Logger.getLogger(RuleCheck.class);

    /** With the wait for a turn, shorter than quarkus.http.idle-timeout: else the connection is closed before the answer. */
    static final String CHECK_MAX = "90s";

    /** A machine that builds things besides may take long. */
    private static final Duration FILES_ALONE_MAX = Duration.ofMinutes(5);

    /** Each is compared with all words that the shop knows, and nobody reads more. */
    private static final int ODD_WORDS_MAX = 100;

    /** A saved file goes live within two seconds, and a probe can only warn. */
    private static final Duration PROBE_MAX = Duration.ofMillis(300);

    /** By then a decision takes a small part of its time budget, and the change still goes live at once. */
    public static final Duration WARM_ENOUGH = Duration.ofMillis(100);

    /** A few times what the first firing of the largest book takes on a busy machine. */
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(10);

    private static final Duration TOO_LONG_RETRY = Duration.ofMinutes(1);

    private final RuleCompiler compiler;
    private final Examples examples;
    private final ShopWords words;
    private final Clock clock;
    private final ZoneId zone;
    private final List<RecentVisits> visits;
    private final List<ProposalSettlement> settlements;
    private final CheckExecutor executor;

    @Inject
    RuleCheck(
            RuleCompiler compiler,
            Examples examples,
            ShopWords words,
            Clock clock,
            ShopConfig shop,
            @All List<RecentVisits> visits,
            @All List<ProposalSettlement> settlements,
            @ConfigProperty(name = "vitrine.rulebook.check-max", defaultValue = CHECK_MAX) Duration max) {
        this(compiler, examples, words, clock, shop.zone(), visits, settlements, new CheckExecutor(max));
    }

    RuleCheck(
            RuleCompiler compiler,
            Examples examples,
            ShopWords words,
            Clock clock,
            ZoneId zone,
            List<RecentVisits> visits,
            List<ProposalSettlement> settlements,
            CheckExecutor executor) {
        this.compiler = compiler;
        this.examples = examples;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        this.visits = visits;
        this.settlements = settlements;
        this.executor = executor;
    }

    /** Checks files where there is no shop: its words are not known, nor any visits to try them on. */
    public static RuleCheck ofFilesAlone(Clock clock, ZoneId zone) {
        return new RuleCheck(
                new RuleCompiler(),
                new Examples(new RuleInquiry()),
                ShopWords.unknown(),
                clock,
                zone,
                List.of(),
                List.of(),
                new CheckExecutor(FILES_ALONE_MAX));
    }

    /** The shop's day, wherever the service runs. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** Threads of checks that timed out and cannot be stopped. */
    int stuck() {
        return executor.stillRunning();
    }

    public ZoneId zone() {
        return zone;
    }

    CheckExecutor executor() {
        return executor;
    }

    /** An edition from the database. It served before, so its examples are not run: none that fails today may stop it. */
    public Edition kept(StoredEdition edition) throws InvalidRulesException {
        List<RuleFile> files = edition.files();
        try {
            return executor.run(cancellation -> withoutExamples(files, cancellation))
                    .edition(edition);
        } catch (CheckExecutor.TimedOutException late) {
            throw new InvalidRulesException(late.faults(compiler.inUse(files)));
        } catch (UnavailableException noRoom) {
            throw new InvalidRulesException(RuleProblem.fault("", 0, 0, "", noRoom.getMessage() + ".", ""));
        }
    }

    /**
     * An earlier edition, for somebody who only asks: it serves nobody, so it is not warmed up.
     *
     * @throws UnavailableException when a turn, or the compiler, takes too long
     */
    public Edition past(StoredEdition edition) throws InvalidRulesException {
        Draft draft = inTurn(cancellation -> {
            try {
                RuleCompiler.Compiled compiled = compiler.compile(edition.files(), zone);
                return new Draft(edition.files(), List.of(), List.of(), null, compiled);
            } catch (InvalidRulesException faults) {
                return Draft.faulty(edition.files(), faults.problems());
            }
        });
        return draft.edition(edition);
    }

    /**
     * Work on rules for somebody who only asks, within the limits of a check.
     *
     * @throws UnavailableException when a turn, or the work, takes too long
     */
    public <T> T inTurn(Function<Cancellation, T> work) {
        try {
            return executor.runInTurn(work);
        } catch (CheckExecutor.TimedOutException late) {
            throw new UnavailableException(
                    "The answer takes too long; a check of rules " + late.getMessage(), TOO_LONG_RETRY, late);
        }
    }

    private Draft withoutExamples(List<RuleFile> files, Cancellation cancellation) {
        try {
            RuleCompiler.Compiled compiled = compiler.compile(files, zone);
            return new Draft(files, warmUp(compiled, cancellation), List.of(), null, compiled);
        } catch (InvalidRulesException faults) {
            return Draft.faulty(files, faults.problems());
        }
    }

    /** Checks files while no edition is live. */
    public Draft of(Collection<RuleFile> files) {
        return of(files, List.of());
    }

    /** @param before the live files: only rules that differ from them are expected to fire on recent visits */
    public Draft of(Collection<RuleFile> files, Collection<RuleFile> before) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return mended(executor.run(cancellation -> draft(sorted, before, cancellation)));
        } catch (CheckExecutor.TimedOutException late) {
            return Draft.faulty(sorted, late.faults(compiler.inUse(sorted)));
        }
    }

    /** Checks files for somebody who only asks; throws {@link UnavailableException} when a turn takes too long. */
    public Draft asked(Collection<RuleFile> files, Collection<RuleFile> before) {
        List<RuleFile> sorted = files.stream().sorted().toList();
        try {
            return mended(executor.runInTurn(cancellation -> draft(sorted, before, cancellation)));
        } catch (CheckExecutor.TimedOutException late) {
            return Draft.faulty(sorted, late.faults(compiler.inUse(sorted)));
        }
    }

    /** The draft with fixes of its problems, which are an extra: without them it is what it is. */
    private Draft mended(Draft draft) {
        try {
            return draft.with(new QuickFixes(draft.files(), words::known, examples::inForm));
        } catch (RuntimeException e) {
            LOG.error("No fixes of a draft's problems could be found", e);
            return draft;
        }
    }

    private Draft draft(List<RuleFile> sorted, Collection<RuleFile> before, Cancellation cancellation) {
        List<RuleProblem> faults = new ArrayList<>();
        long characters =
                sorted.stream().mapToLong(file -> file.text().length()).sum();
        if (characters > RuleFile.BOOK_MAX) {
            faults.add(RuleProblem.fault(
                    "",
                    0,
                    0,
                    "",
                    String.format(
                            Locale.ROOT,
                            "The rule book has %,d characters; at most %,d are allowed.",
                            characters,
                            RuleFile.BOOK_MAX),
                    "Delete files that have no effect."));
            return Draft.faulty(sorted, faults);
        }
        sorted.forEach(file -> file.unfit().ifPresent(faults::add));
        if (sorted.size() > RuleFile.FILES_MAX) {
            faults.add(RuleProblem.fault(
                    "",
                    0,
                    0,
                    "",
                    "There are " + sorted.size() + " rule files; at most " + RuleFile.FILES_MAX + " are allowed.",
                    "Delete files, or put several rules into one."));
        }
        if (!faults.isEmpty()) {
            return Draft.faulty(sorted, faults);
        }
        try {
            RuleCompiler.Checked checked = checked(sorted, before, cancellation);
            List<RuleProblem> found = new ArrayList<>(
                    checked.faults().isEmpty() ? warmUp(checked.compiled(), cancellation) : checked.faults());
            List<Spelling.Word> named = new ArrayList<>(checked.words());
            named.addAll(WordsInCases.of(sorted, checked.words()));
            Map<RuleProblem, String> odd = oddWords(named);
            List<RuleProblem> warnings = warnings(odd.keySet(), checked.rules());
            List<RuleProblem> conflicts;
            if (found.isEmpty()) {
                SettlementCheck settlement = settlement(checked.rules(), cancellation);
                settlement.largestVisit(checked.compiled());
                conflicts = conflicts(
                        checked.compiled(),
                        sorted,
                        expected(checked.compiled(), sorted, before),
                        tried(RuleChange.between(before, sorted), checked.compiled()),
                        settlement,
                        cancellation);
                found.addAll(settlement.faults());
            } else {
                conflicts = new ArrayList<>(slips(checked.files()));
                conflicts.addAll(remarks(checked.files()));
                // the examples have said so already of a rule that can never fire
                Conflicts.of(checked.files(), cancellation).stream()
                        .filter(conflict -> found.stream()
                                .noneMatch(fault -> sameOf(fault, conflict) || isAboutTwin(fault, conflict)))
                        .forEach(conflicts::add);
            }
            MisspeltInCases told = MisspeltInCases.of(found, warnings, odd);
            List<RuleProblem> others = told.warnings().stream()
                    .filter(warning -> !odd.containsKey(warning)
                            || told.faults().stream().noneMatch(fault -> samePlace(fault, warning)))
                    .toList();
            return new Draft(sorted, told.faults(), others, conflicts, checked.compiled(), before);
        } catch (RuntimeException | StackOverflowError | LinkageError | OutOfMemoryError e) {
            // a defect in the check itself must not leave the caller without an answer
            LOG.error("Rules could not be checked", e);
            RuleProblem fault = RuleProblem.fault(
                    "", 1, 1, "", "The rules could not be checked.", "The log of the service says why.");
            return Draft.faulty(sorted, List.of(fault));
        }
    }

    private SettlementCheck settlement(Collection<RuleCard> rules, Cancellation cancellation) {
        return new SettlementCheck(settlements, rules, SettlementCheck.SETTLE_MAX, cancellation);
    }

    private RuleCompiler.Checked checked(List<RuleFile> files, Collection<RuleFile> before, Cancellation cancellation) {
        RuleCompiler.Checked compiled = compiler.check(files, Set.copyOf(before), zone);
        RuleCompiler.Checked checked = compiled.with(TwinNames.faults(files, compiled.rules(), before));
        return checked.readable()
                ? checked.with(examples.problems(
                        checked.files(), checked.rules(), checked.untried(), files, zone, cancellation))
                : checked;
    }

    /** Warms the rules up on a busy synthetic visit. A warm-up that fails is a fault. */
    private static List<RuleProblem> warmUp(RuleCompiler.Compiled compiled, Cancellation cancellation) {
        try {
            return compiled.engine().warmUp(SyntheticVisit.facts(), WARM_ENOUGH, cancellation.within(WARM_UP_MAX))
                    ? List.of()
                    : List.of(RuleProblem.fault(
                            "",
                            0,
                            0,
                            "",
                            "The rules take longer than " + WARM_UP_MAX.toMillis() + " ms on a busy visit.",
                            "Let them compare fewer facts with each other."));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.info("The rules fail on a made-up visit", e);
            return List.of(RuleProblem.fault(
                    "",
                    1,
                    1,
                    "",
                    "The rules fail on a made-up visit with many facts: " + RuleEngine.cause(e) + ".",
                    "Take back what was changed last. The log of the service says more."));
        }
    }

    /** What is odd about an edition now: products come and go, and days pass. */
    public List<RuleProblem> warnings(Edition edition) {
        List<RuleProblem> warnings =
                new ArrayList<>(warnings(oddWords(edition.words()).keySet(), edition.rules()));
        Cancellation never = new Cancellation();
        warnings.addAll(edition.conflicts(compiled -> conflicts(
                compiled,
                edition.files(),
                Set.of(),
                tried(List.of(), compiled),
                settlement(edition.rules(), never),
                never)));
        return warnings;
    }

    /** A rule that looks like another one is often the same rule once more, and that is one mistake. */
    private static boolean isAboutTwin(RuleProblem fault, RuleProblem conflict) {
        return fault.cure().equals(TwinNames.CURE)
                && (fault.rule().equals(conflict.rule()) || conflict.message().contains("\"" + fault.rule() + "\""));
    }

    /** A word with a fault is not what will be written, so what is odd about it is not told as well. */
    private static boolean samePlace(RuleProblem fault, RuleProblem warning) {
        return fault.file().equals(warning.file())
                && fault.line() == warning.line()
                && fault.column() == warning.column();
    }

    private static boolean sameOf(RuleProblem fault, RuleProblem warning) {
        return fault.rule().equals(warning.rule()) && fault.message().equals(warning.message());
    }

    /** What would be a fault in a change, in files that serve already. */
    private static List<RuleProblem> slips(List<CompiledFile> files) {
        return files.stream()
                .flatMap(file -> file.slips().stream())
                .map(slip -> RuleProblem.warning(
                        slip.file(), slip.line(), slip.column(), slip.rule(), slip.message(), slip.cure()))
                .toList();
    }

    private static List<RuleProblem> remarks(List<CompiledFile> files) {
        return files.stream().flatMap(file -> file.remarks().stream()).toList();
    }

    /** Conflicts that the syntax trees show, and those of a probe for rules of which the trees show none. */
    private List<RuleProblem> conflicts(
            RuleCompiler.Compiled draft,
            List<RuleFile> files,
            Set<String> expected,
            Stream<ExampleSituation> tried,
            SettlementCheck settlement,
            Cancellation cancellation) {
        List<RuleProblem> conflicts = new ArrayList<>(slips(draft.files()));
        conflicts.addAll(Conflicts.of(draft.files(), cancellation));
        Set<String> found = new HashSet<>();
        conflicts.forEach(conflict -> found.add(conflict.rule()));
        probed(draft, files, expected, tried, settlement, cancellation).stream()
                .filter(conflict -> !found.contains(conflict.rule()))
                .forEach(conflicts::add);
        conflicts.addAll(remarks(draft.files()));
        return conflicts;
    }

    private List<RuleProblem> probed(
            RuleCompiler.Compiled draft,
            List<RuleFile> files,
            Set<String> expected,
            Stream<ExampleSituation> tried,
            SettlementCheck settlement,
            Cancellation cancellation) {
        try {
            ConflictProbe probe = new ConflictProbe(draft, clock.instant(), settlement, cancellation.within(PROBE_MAX));
            probe.onVisits(tried, expected);
            probe.onExamples(examples.situations(files));
            return probe.found();
        } catch (RuntimeException e) {
            // a probe can only warn, so its failure must not keep rules from being published
            LOG.error("A draft could not be probed for conflicts", e);
            return List.of();
        }
    }

    /** Recent visits; as of shoppers who are not known where the change asks of them, so that no warning tells what is stored of one. */
    private Stream<ExampleSituation> tried(List<RuleChange> changes, RuleCompiler.Compiled draft) {
        boolean ofNobody = ShopperQuestions.inRules(changes);
        return visits.stream()
                .flatMap(some -> some.newestFirst(draft.namedSkus()))
                .map(situation -> ofNobody ? situation.ofNobodyKnown() : situation);
    }

    /** Rules of the change that should have fired on recent visits. Rules that depend on a time, or ask of the shopper, need not. */
    private Set<String> expected(RuleCompiler.Compiled draft, Collection<RuleFile> files, Collection<RuleFile> before) {
        Set<String> expected = new HashSet<>();
        RuleChange.between(before, files).stream()
                .filter(change -> change.change() == Change.ADDED || change.change() == Change.CHANGED)
                .filter(change -> !ShopperQuestions.inRules(List.of(change)))
                .forEach(change -> expected.add(change.rule()));
        Set<String> due = new HashSet<>();
        draft.files().stream()
                .flatMap(file -> file.shapes().stream())
                .filter(shape -> !shape.dependsOnTime() && due(shape.card()))
                .forEach(shape -> due.add(shape.card().name()));
        expected.retainAll(due);
        return expected;
    }

    private boolean due(RuleCard rule) {
        // days are written as 2026-11-25, which sorts as text
        String today = today().toString();
        return (rule.effective() == null || rule.effective().compareTo(today) <= 0)
                && (rule.expires() == null || rule.expires().compareTo(today) > 0);
    }

    /** Warnings of words that the shop does not know, each with the word. */
    private Map<RuleProblem, String> oddWords(List<Spelling.Word> named) {
        Map<RuleProblem, String> odd = new LinkedHashMap<>();
        for (Spelling.Word word : named) {
            if (odd.size() < ODD_WORDS_MAX) {
                words.problem(word).ifPresent(warning -> odd.put(warning, word.text()));
            }
        }
        return odd;
    }

    private List<RuleProblem> warnings(Collection<RuleProblem> odd, List<RuleCard> rules) {
        List<RuleProblem> warnings = new ArrayList<>(odd);
        String today = today().toString();
        for (RuleCard rule : rules) {
            // a date in another form is a fault, not a warning
            if (rule.expires() != null
                    && rule.expires().length() == today.length()
                    && rule.expires().compareTo(today) <= 0) {
                warnings.add(RuleProblem.warning(
                        rule.file(),
                        rule.line(),
                        0,
                        rule.name(),
                        "The rule ended on " + rule.expires() + " and no longer fires.",
                        "Give it new dates, or delete it."));
            }
        }
        return warnings;
    }
}

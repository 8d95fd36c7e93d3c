package dev.vitrine.rulebook.engine;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drools.model.Model;
import org.jboss.logging.Logger;

/**
 * Turns rule files into an engine, or into all their faults: the executable model serves, the classic build says why not.
 */
public final class RuleCompiler {
    private static final Logger LOG = Logger.getLogger(RuleCompiler.class);

    private static final String WORDS = "Use the words of rules/README.md.";

    /** Measured: starting the compiler costs about as much as compiling four files of three rules. */
    private static final int TOGETHER_FROM = 4;

    /** A compiled rule book. None of its files is compiled again while somebody holds this. */
    public record Compiled(
            RuleEngine engine,
            List<CompiledFile> files,
            List<RuleCard> rules,
            Set<String> namedSkus,
            Promises promises,
            List<Spelling.Word> words) {}

    /**
     * Everything that is known of rule files; {@code untried} names rules in files that could not be compiled, {@code
     * readable} says that there was a rule file to look at, and {@code compiled} is null if there are faults.
     */
    public record Checked(
            List<RuleProblem> faults,
            List<RuleCard> rules,
            Set<String> untried,
            List<Spelling.Word> words,
            List<CompiledFile> files,
            boolean readable,
            Compiled compiled) {
        public Checked with(List<RuleProblem> more) {
            List<RuleProblem> all = new ArrayList<>(faults);
            all.addAll(more);
            return new Checked(all, rules, untried, words, files, readable, all.isEmpty() ? compiled : null);
        }
    }

    /** Weak values: a compiled file is known while an edition or draft uses it. */
    private final Cache<RuleFile, CompiledFile> inUse =
            Caffeine.newBuilder().weakValues().build();

    private final Optional<CompiledRuleCache> cache;

    public RuleCompiler() {
        this(Optional.empty());
    }

    public RuleCompiler(Optional<CompiledRuleCache> cache) {
        this.cache = cache;
    }

    /** Finds all faults of all files while nothing is live. */
    public Checked check(Collection<RuleFile> files, ZoneId zone) {
        return check(files, Set.of(), zone);
    }

    /**
     * Finds all faults of all files: correct files are compiled even if other files are wrong.
     *
     * @param live files that serve: their slips are no faults
     */
    public Checked check(Collection<RuleFile> files, Set<RuleFile> live, ZoneId zone) {
        List<RuleProblem> faults = new ArrayList<>();
        List<ParsedFile> parsed = BookParser.parse(files, this::parsed, faults);
        parsed.stream().filter(file -> !live.contains(file.file())).forEach(file -> faults.addAll(file.slips()));
        List<CompiledFile> compiled = compiled(parsed, faults);
        Compiled joined = faults.isEmpty() ? joined(compiled, faults, zone) : null;
        List<RuleCard> cards =
                parsed.stream().flatMap(file -> file.rules().stream()).toList();
        List<ParsedFile> uncompiled = uncompiled(parsed, compiled);
        Set<String> untried = new HashSet<>();
        uncompiled.forEach(file -> RuleText.rules(file.file().text()).forEach(rule -> untried.add(rule.name())));
        List<Spelling.Word> words = new ArrayList<>(Spelling.words(uncompiled));
        compiled.forEach(file -> words.addAll(file.words()));
        return new Checked(
                faults, cards, untried, words, compiled, !parsed.isEmpty(), faults.isEmpty() ? joined : null);
    }

    public Compiled compile(Collection<RuleFile> files, ZoneId zone) throws InvalidRulesException {
        List<RuleProblem> faults = new ArrayList<>();
        List<CompiledFile> compiled = compiled(BookParser.parse(files, this::parsed, faults), faults);
        Compiled joined = faults.isEmpty() ? joined(compiled, faults, zone) : null;
        if (joined == null) {
            throw new InvalidRulesException(faults);
        }
        return joined;
    }

    /** Compiled files and more of them, for a trial: nothing of it is kept. */
    public static Compiled trial(List<CompiledFile> known, Collection<RuleFile> more, ZoneId zone)
            throws InvalidRulesException {
        RuleCompiler once = new RuleCompiler();
        List<RuleFile> files = new ArrayList<>(more);
        once.use(known).forEach(file -> files.add(file.file()));
        return once.compile(files, zone);
    }

    public List<CompiledFile> inUse(Collection<RuleFile> files) {
        return List.copyOf(inUse.getAllPresent(files).values());
    }

    List<CompiledFile> use(List<CompiledFile> compiled) {
        compiled.forEach(file -> inUse.put(file.file(), file));
        return compiled;
    }

    private ParsedFile parsed(RuleFile file) {
        CompiledFile known = inUse.getIfPresent(file);
        return known == null ? ParsedFile.of(file) : known.parsed();
    }

    private List<CompiledFile> compiled(List<ParsedFile> parsed, List<RuleProblem> faults) {
        // the compiler would only report known faults once more
        Set<String> faulty = paths(faults);
        List<CompiledFile> compiled = new ArrayList<>();
        List<ParsedFile> unknown = new ArrayList<>();
        for (ParsedFile file : parsed) {
            CompiledFile known = inUse.getIfPresent(file.file());
            if (known != null && !faulty.contains(known.file().path())) {
                compiled.add(known);
            } else if (!faulty.contains(file.file().path())) {
                unknown.add(file);
            }
        }
        compiled.addAll(cached(unknown));
        compiled.addAll(compiledAnew(unknown, faults));
        compiled.sort(Comparator.comparing(CompiledFile::file));
        return compiled;
    }

    /** Those of the files that an earlier start has compiled; they are removed from the list. */
    private List<CompiledFile> cached(List<ParsedFile> files) {
        if (cache.isEmpty() || files.isEmpty()) {
            return List.of();
        }
        List<CompiledFile> compiled = new ArrayList<>();
        List<RuleFile> wanted = files.stream().map(ParsedFile::file).toList();
        for (CompiledRuleCache.Hit hit : cache.get().load(wanted)) {
            List<ParsedFile> found = files.stream()
                    .filter(file -> hit.files().contains(file.file()))
                    .toList();
            compiled.addAll(use(CompiledFile.of(found, hit.models())));
            files.removeAll(found);
        }
        return compiled;
    }

    private List<Model> models(List<ParsedFile> files, DroolsBuild build) {
        RuleByteCode code = build.result();
        List<Model> models = code.load();
        cache.ifPresent(used -> used.keep(files.stream().map(ParsedFile::file).toList(), code));
        return models;
    }

    private List<CompiledFile> compiledAnew(List<ParsedFile> files, List<RuleProblem> faults) {
        if (files.size() >= TOGETHER_FROM) {
            return compiledTogether(files, faults);
        }
        List<CompiledFile> compiled = new ArrayList<>();
        for (ParsedFile file : files) {
            try {
                compiled.addAll(use(CompiledFile.of(List.of(file), models(file))));
            } catch (InvalidRulesException found) {
                faults.addAll(found.problems());
            }
        }
        return compiled;
    }

    private List<CompiledFile> compiledTogether(List<ParsedFile> files, List<RuleProblem> faults) {
        try (DroolsBuild build = new DroolsBuild(files)) {
            return use(CompiledFile.of(files, models(files, build)));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // at least one of the files is wrong; which of them is found out below
        }
        List<RuleProblem> found = CompilerFaults.of(files);
        Set<String> faulty = paths(found);
        List<ParsedFile> rest = files.stream()
                .filter(file -> !faulty.contains(file.file().path()))
                .toList();
        if (rest.size() + faulty.size() == files.size() && !faulty.isEmpty()) {
            faults.addAll(found);
            return compiledAnew(rest, faults);
        }
        // the classic build found nothing, or no place: the fault is in one half or the other
        int half = files.size() / 2;
        List<CompiledFile> compiled = new ArrayList<>(compiledAnew(files.subList(0, half), faults));
        compiled.addAll(compiledAnew(files.subList(half, files.size()), faults));
        return compiled;
    }

    private List<Model> models(ParsedFile file) throws InvalidRulesException {
        Throwable cause;
        try (DroolsBuild build = new DroolsBuild(List.of(file))) {
            return models(List.of(file), build);
        } catch (NotAllowedException e) {
            throw new InvalidRulesException(fault(
                    file.file().path(), 0, 0, "", "The compiled rules are refused: " + e.getMessage() + ".", WORDS));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            cause = e;
        }
        List<RuleProblem> problems = CompilerFaults.of(List.of(file));
        if (problems.isEmpty()) {
            // the classic build accepts some conditions that the executable one does not
            LOG.infof(cause, "A condition in %s cannot be compiled", file.file().path());
            problems.add(fault(
                    file.file().path(),
                    1,
                    1,
                    "",
                    "A condition of this file cannot be compiled.",
                    "Look for a comparison of values of different types."));
        }
        throw new InvalidRulesException(problems);
    }

    private static Set<String> paths(List<RuleProblem> problems) {
        Set<String> paths = new HashSet<>();
        problems.forEach(problem -> paths.add(problem.file()));
        return paths;
    }

    private static List<ParsedFile> uncompiled(List<ParsedFile> parsed, List<CompiledFile> compiled) {
        Set<String> paths = new HashSet<>();
        compiled.forEach(file -> paths.add(file.file().path()));
        return parsed.stream()
                .filter(file -> !paths.contains(file.file().path()))
                .toList();
    }

    /** All files as one book; null, and one more fault, if they do not go together. */
    private static Compiled joined(List<CompiledFile> files, List<RuleProblem> faults, ZoneId zone) {
        List<Model> models =
                files.stream().flatMap(file -> file.models().stream()).toList();
        List<RuleCard> cards =
                files.stream().flatMap(file -> file.parsed().rules().stream()).toList();
        Set<String> namedSkus = new HashSet<>();
        files.forEach(file -> namedSkus.addAll(file.namedSkus()));
        Promises promises = files.stream().map(CompiledFile::promises).reduce(Promises.NONE, Promises::and);
        List<Spelling.Word> words =
                files.stream().flatMap(file -> file.words().stream()).toList();
        try {
            return new Compiled(
                    new RuleEngine(models, cards, zone),
                    List.copyOf(files),
                    cards,
                    Set.copyOf(namedSkus),
                    promises,
                    words);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("Rules cannot be compiled together", e);
            faults.add(fault("", 1, 1, "", "The rules cannot be compiled together.", CompilerFaults.SMALL_STEPS));
            return null;
        }
    }
}

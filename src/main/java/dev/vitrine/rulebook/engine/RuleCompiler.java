package dev.vitrine.rulebook.engine;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.rulebook.language.CompilerMessages;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.ReservedWords;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.language.Vocabulary;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * Turns rule files into an engine, or into the list of everything that is wrong with them. The classic build looks for
 * errors where there are any, since it reports all of them; the executable model is what serves, since it is plain Java
 * at run time.
 */
@Singleton
public final class RuleCompiler {
    private static final String WORDS = "Use the words of rules/README.md.";

    private static final String FOLDER = "src/main/resources/";

    /**
     * Our choice: five times the rule book that a decision is to be fast on. Ten thousand rules would keep the compiler
     * busy for minutes, and nobody could read them.
     */
    static final int RULES_MAX = 1_000;

    /** Our choice, by measurement: starting the compiler costs about as much as compiling four files of three rules. */
    private static final int TOGETHER_FROM = 4;

    /**
     * The compiled rules.
     *
     * @param files file by file; nothing of one is compiled anew while somebody holds this
     * @param rules a card of each
     * @param namedSkus skus that they ask for by name
     * @param words words of the shop that they name
     */
    public record Compiled(
            RuleEngine engine,
            List<CompiledFile> files,
            List<RuleCard> rules,
            Set<String> namedSkus,
            List<Spelling.Word> words) {}

    /**
     * All that can be told of rule files.
     *
     * @param faults everything that keeps them from being published
     * @param rules a card of each rule in a file that can be read
     * @param untried names of rules that are there but could not be compiled
     * @param words words of the shop that these rules name
     * @param files those that can be compiled
     * @param readable whether there was any rule file to look at
     * @param compiled all of them together, null where there are faults
     */
    public record Checked(
            List<RuleProblem> faults,
            List<RuleCard> rules,
            Set<String> untried,
            List<Spelling.Word> words,
            List<CompiledFile> files,
            boolean readable,
            Compiled compiled) {
        /** The same with more faults. */
        public Checked with(List<RuleProblem> more) {
            List<RuleProblem> all = new ArrayList<>(faults);
            all.addAll(more);
            return new Checked(all, rules, untried, words, files, readable, all.isEmpty() ? compiled : null);
        }
    }

    /** Weak: a file is known while somebody uses it, and what only a dropped edition used goes with that edition. */
    private final Cache<RuleFile, CompiledFile> inUse =
            Caffeine.newBuilder().weakValues().build();

    /** Looks for all faults of all files: correct files are compiled even where other files are wrong. */
    public Checked check(Collection<RuleFile> files, ZoneId zone) {
        List<RuleProblem> faults = new ArrayList<>();
        List<ParsedFile> parsed = parsed(files, faults);
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

    /** Compiles the files, or throws the faults of those that cannot be compiled. */
    public Compiled compile(Collection<RuleFile> files, ZoneId zone) throws InvalidRulesException {
        List<RuleProblem> faults = new ArrayList<>();
        List<CompiledFile> compiled = compiled(parsed(files, faults), faults);
        Compiled joined = faults.isEmpty() ? joined(compiled, faults, zone) : null;
        if (joined == null) {
            throw new InvalidRulesException(faults);
        }
        return joined;
    }

    /** Those of these files that are compiled, since somebody uses them. */
    public List<CompiledFile> inUse(Collection<RuleFile> files) {
        return List.copyOf(inUse.getAllPresent(files).values());
    }

    /** Uses these compiled files wherever the same text is asked for. */
    List<CompiledFile> use(List<CompiledFile> compiled) {
        compiled.forEach(file -> inUse.put(file.file(), file));
        return compiled;
    }

    private List<ParsedFile> parsed(Collection<RuleFile> files, List<RuleProblem> problems) {
        int rules = files.stream()
                .filter(RuleFile::holdsRules)
                .mapToInt(file -> RuleText.rules(file.text()).size())
                .sum();
        if (rules > RULES_MAX) {
            problems.add(fault(
                    "",
                    0,
                    0,
                    "",
                    "There are " + rules + " rules; at most " + RULES_MAX + " are taken.",
                    "Delete those that earn nothing."));
            return List.of();
        }
        List<ParsedFile> parsed = new ArrayList<>();
        for (RuleFile file : files) {
            if (file.path().equals(RuleFile.VOCABULARY)) {
                vocabulary(file, problems);
            } else if (file.holdsRules()) {
                CompiledFile known = inUse.getIfPresent(file);
                parsed.add(known == null ? ParsedFile.of(file) : known.parsed());
            }
        }
        parsed.forEach(file -> {
            problems.addAll(ReservedWords.problems(file));
            problems.addAll(file.problems());
        });
        duplicateNames(parsed, problems);
        if (parsed.isEmpty()) {
            problems.add(
                    fault("", 0, 0, "", "There is not a single rule file.", "Add one such as shelf/sold-out.drl."));
        }
        return parsed;
    }

    /** What can be compiled of the files that have no fault yet; what is wrong with the others is added to the faults. */
    private List<CompiledFile> compiled(List<ParsedFile> parsed, List<RuleProblem> faults) {
        // what is wrong already would only be reported twice
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
        compiled.addAll(compiledAnew(unknown, faults));
        compiled.sort(Comparator.comparing(CompiledFile::file));
        return compiled;
    }

    /** Starting the compiler costs more than a file does: a few files are compiled each by itself, many in one go. */
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
        try (Build build = new Build(files)) {
            return use(CompiledFile.of(files, build.executable()));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // one file or several of these: which, is told below
        }
        List<RuleProblem> found = faultsOf(files);
        Set<String> faulty = paths(found);
        List<ParsedFile> rest = files.stream()
                .filter(file -> !faulty.contains(file.file().path()))
                .toList();
        if (rest.size() + faulty.size() == files.size() && !faulty.isEmpty()) {
            faults.addAll(found);
            return compiledAnew(rest, faults);
        }
        // the other build has nothing against them, or cannot say where: the fault is in one half or the other
        int half = files.size() / 2;
        List<CompiledFile> compiled = new ArrayList<>(compiledAnew(files.subList(0, half), faults));
        compiled.addAll(compiledAnew(files.subList(half, files.size()), faults));
        return compiled;
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

    /** The rules of all files as one book; null, and a fault more, where they do not go together. */
    private static Compiled joined(List<CompiledFile> files, List<RuleProblem> faults, ZoneId zone) {
        List<Model> models =
                files.stream().flatMap(file -> file.models().stream()).toList();
        List<RuleCard> cards =
                files.stream().flatMap(file -> file.parsed().rules().stream()).toList();
        Set<String> namedSkus = new HashSet<>();
        files.forEach(file -> namedSkus.addAll(file.namedSkus()));
        List<Spelling.Word> words =
                files.stream().flatMap(file -> file.words().stream()).toList();
        try {
            return new Compiled(
                    new RuleEngine(models, cards, zone), List.copyOf(files), cards, Set.copyOf(namedSkus), words);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            faults.add(fault(
                    "",
                    0,
                    0,
                    "",
                    "The rules cannot be compiled together: "
                            + CompilerMessages.compiler(String.valueOf(e)).message(),
                    ""));
            return null;
        }
    }

    /** The folder's vocabulary is there for editors to read; what is compiled is ours, so it must say the same. */
    private static void vocabulary(RuleFile file, List<RuleProblem> problems) {
        List<String> known = statements(Vocabulary.DRL);
        for (String statement : statements(file.text())) {
            if (!known.contains(statement)) {
                problems.add(fault(
                        file.path(),
                        1,
                        0,
                        "",
                        "The vocabulary is fixed; '" + statement + "' is not part of it.",
                        "Put rules into a file of their own."));
            }
        }
    }

    private static List<String> statements(String text) {
        return text.lines()
                .map(line -> line.replaceAll("//.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static void duplicateNames(List<ParsedFile> parsed, List<RuleProblem> problems) {
        Map<String, RuleCard> first = new HashMap<>();
        for (ParsedFile file : parsed) {
            for (RuleCard card : file.rules()) {
                RuleCard earlier = first.putIfAbsent(card.name(), card);
                if (earlier != null) {
                    problems.add(fault(
                            card.file(),
                            card.line(),
                            0,
                            card.name(),
                            "The name is taken by the rule at " + earlier.file() + ":" + earlier.line() + ".",
                            "Give it another."));
                }
            }
        }
    }

    private static List<RuleProblem> faultsOf(List<ParsedFile> files) {
        List<RuleProblem> problems = new ArrayList<>();
        try (Build build = new Build(files)) {
            Set<String> seen = new LinkedHashSet<>();
            for (Message message : build.classic()) {
                RuleProblem problem = located(message, files);
                if (seen.add(problem.toString())) {
                    problems.add(problem);
                }
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // some bad values escape the compiler as exceptions, without a word on where they stand
            String file = files.size() == 1 ? files.get(0).file().path() : "";
            problems.add(fault(file, 0, 0, "", "The rules cannot be compiled: " + e + ".", ""));
        }
        return problems;
    }

    private static RuleProblem located(Message message, List<ParsedFile> files) {
        CompilerMessages.Said said = CompilerMessages.compiler(message.getText());
        for (ParsedFile file : files) {
            if (!String.valueOf(message.getPath()).endsWith("/" + file.file().path())) {
                continue;
            }
            RuleDescr rule = ruleOf(message, file);
            Place place = place(file, rule, said.word(), Math.max(message.getLine(), rule.getLine()));
            return fault(file.file().path(), place.line(), place.column(), rule.getName(), said.message(), said.cure());
        }
        return fault(
                String.valueOf(message.getPath()), Math.max(message.getLine(), 0), 0, "", said.message(), said.cure());
    }

    /** The compiler names the rule in one kind of message, its line in another, and quotes a condition in a third. */
    private static RuleDescr ruleOf(Message message, ParsedFile file) {
        List<RuleDescr> rules = file.tree().getRules();
        String text = message.getText().replaceAll("\\s", "");
        for (RuleDescr rule : rules) {
            if (message.getLine() <= 0 && quotes(text, rule.getLhs())) {
                return rule;
            }
        }
        RuleDescr found = rules.get(0);
        for (RuleDescr rule : rules) {
            if (rule.getLine() <= message.getLine()) {
                found = rule;
            }
        }
        return found;
    }

    private static boolean quotes(String message, BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return message.contains("'" + pattern.getObjectType() + "'")
                    || pattern.getConstraint().getDescrs().stream()
                            .map(constraint -> constraint.toString().replaceAll("\\s", ""))
                            .anyMatch(constraint ->
                                    !constraint.isEmpty() && message.contains("Expression" + constraint + ":"));
        }
        return element instanceof ConditionalElementDescr group
                && group.getDescrs().stream().anyMatch(part -> quotes(message, (BaseDescr) part));
    }

    private record Place(int line, int column) {}

    /** Where the word that was not understood stands in the rule, or else where the compiler says that the fault is. */
    private static Place place(ParsedFile file, RuleDescr rule, String word, int line) {
        if (!word.isEmpty()) {
            List<String> lines = file.file().text().lines().toList();
            Pattern whole = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?!\\w)");
            for (int i = rule.getLine() - 1; i < Math.min(rule.getEndLine(), lines.size()); i++) {
                Matcher at = whole.matcher(lines.get(i));
                // the name in the first line is free text
                if (i >= rule.getLine() && at.find()) {
                    return new Place(i + 1, at.start() + 1);
                }
            }
        }
        return new Place(line, 0);
    }

    /** What serves; only when it cannot be built is the other build asked why, which costs as much again. */
    private static List<Model> models(ParsedFile file) throws InvalidRulesException {
        String cause;
        try (Build build = new Build(List.of(file))) {
            return build.executable();
        } catch (RuleClasses.OutOfReach e) {
            throw new InvalidRulesException(fault(
                    file.file().path(), 0, 0, "", "The compiled rules are refused: " + e.getMessage() + ".", WORDS));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            cause = String.valueOf(e.getMessage());
        }
        List<RuleProblem> problems = faultsOf(List.of(file));
        if (problems.isEmpty()) {
            // the classic build takes what the executable one does not
            problems.add(fault(
                    file.file().path(),
                    0,
                    0,
                    "",
                    "A condition of this file cannot be compiled: "
                            + CompilerMessages.compiler(cause).message(),
                    "Look for values of different types that are compared."));
        }
        throw new InvalidRulesException(problems);
    }

    /** One run of the Drools compiler; leaves nothing behind in its repository. */
    static final class Build implements AutoCloseable {
        private static final KieServices SERVICES = KieServices.get();

        private final ReleaseId release = SERVICES.newReleaseId(
                "dev.vitrine", "rulebook", UUID.randomUUID().toString());
        private final KieBuilder builder;

        Build(List<ParsedFile> parsed) {
            KieFileSystem files = SERVICES.newKieFileSystem();
            files.generateAndWritePomXML(release);
            String folder = FOLDER + ParsedFile.PACKAGE.replace('.', '/') + "/";
            files.write(folder + RuleFile.VOCABULARY, Vocabulary.DRL);
            for (ParsedFile file : parsed) {
                files.write(folder + file.file().path(), ParsedFile.compilable(file.file()));
            }
            builder = SERVICES.newKieBuilder(files, RuleCompiler.class.getClassLoader());
        }

        List<Message> classic() {
            builder.buildAll();
            return builder.getResults().getMessages(Message.Level.ERROR);
        }

        /** @throws IllegalStateException with the first error, when there are any */
        List<Model> executable() {
            return models(byteCode());
        }

        /** @throws IllegalStateException with the first error, when there are any */
        Map<String, byte[]> byteCode() {
            builder.buildAll(ExecutableModelProject.class);
            List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
            if (!errors.isEmpty()) {
                throw new IllegalStateException(errors.get(0).getText());
            }
            CanonicalKieModule module = (CanonicalKieModule) (InternalKieModule) builder.getKieModule();
            Map<String, byte[]> classes = new HashMap<>(module.getClassesMap());
            // tells Drools of the project; says nothing that the models do not, and reaches further than they
            classes.remove(CanonicalKieModule.getProjectModelClassNameNameWithReleaseId(release)
                            .replace('.', '/') + ".class");
            return classes;
        }

        /** What the byte code of this run makes. */
        List<Model> models(Map<String, byte[]> classes) {
            CanonicalKieModule module = (CanonicalKieModule) (InternalKieModule) builder.getKieModule();
            String names = new String(
                    module.getBytes(CanonicalKieModule.getModelFileWithGAV(release)), StandardCharsets.UTF_8);
            return new RuleClasses(classes)
                    .models(names.lines()
                            .filter(name -> !name.startsWith(CanonicalKieModule.MODEL_VERSION))
                            .toList());
        }

        @Override
        public void close() {
            SERVICES.getRepository().removeKieModule(release);
        }
    }
}

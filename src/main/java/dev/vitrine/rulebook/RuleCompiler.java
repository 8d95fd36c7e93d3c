package dev.vitrine.rulebook;

import static dev.vitrine.rulebook.RuleProblem.fault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
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
final class RuleCompiler {
    private static final String WORDS = "Use the words of rules/README.md.";

    private static final String FOLDER = "src/main/resources/";
    /** What every rule file may use without importing it. */
    static final String VOCABULARY =
            """
            package dev.vitrine.merchandising;

            import static dev.vitrine.merchandising.Mood.*;
            import static dev.vitrine.merchandising.Groups.*;
            import static dev.vitrine.merchandising.Displays.*;
            import static dev.vitrine.merchandising.Shares.*;
            import static dev.vitrine.merchandising.Variety.*;

            global dev.vitrine.merchandising.Shelf shelf;
            """;

    /**
     * Our choice: five times the rule book that a decision is to be fast on. Ten thousand rules would keep the compiler
     * busy for minutes, and nobody could read them.
     */
    static final int RULES_MAX = 1_000;

    /**
     * The compiled rules.
     *
     * @param rules a card of each
     * @param namedSkus skus that they ask for by name
     * @param words words of the shop that they name
     */
    record Compiled(RuleEngine engine, List<RuleCard> rules, Set<String> namedSkus, List<Spelling.Word> words) {}

    /**
     * All that can be told of rule files.
     *
     * @param faults everything that keeps them from being published
     * @param rules a card of each rule in a file that can be read
     * @param words words of the shop that these rules name
     * @param compiled null where there are faults
     */
    record Checked(List<RuleProblem> faults, List<RuleCard> rules, List<Spelling.Word> words, Compiled compiled) {}

    /** Compiles the files and tries the rules on their examples. */
    static Compiled compile(Collection<RuleFile> files) throws RuleBookFaults {
        Checked checked = check(files);
        if (!checked.faults().isEmpty()) {
            throw new RuleBookFaults(checked.faults());
        }
        return checked.compiled();
    }

    /** Looks for all faults of all files: what is right is compiled and tried even where other files are wrong. */
    static Checked check(Collection<RuleFile> files) {
        List<RuleProblem> faults = new ArrayList<>();
        List<ParsedFile> parsed = parsed(files, faults);
        Compiled compiled = null;
        try {
            compiled = compiled(parsed, faults);
        } catch (RuleBookFaults found) {
            faults.addAll(
                    found.problems().subList(faults.size(), found.problems().size()));
        }
        List<RuleCard> cards =
                parsed.stream().flatMap(file -> file.rules().stream()).toList();
        Compiled tried = compiled == null ? withoutFaulty(parsed, faults) : compiled;
        Set<String> untried = new HashSet<>();
        if (compiled == null) {
            parsed.forEach(file -> RuleText.rules(file.file().text()).forEach(rule -> untried.add(rule.name())));
            if (tried != null) {
                tried.rules().forEach(card -> untried.remove(card.name()));
            }
        }
        if (!parsed.isEmpty()) {
            faults.addAll(Examples.problems(tried == null ? null : tried.engine(), cards, untried, files));
        }
        return new Checked(faults, cards, Spelling.words(parsed), faults.isEmpty() ? compiled : null);
    }

    /** What can be compiled when the files with faults are left out; null where nothing can be. */
    private static Compiled withoutFaulty(List<ParsedFile> parsed, List<RuleProblem> faults) {
        Set<String> faulty = new HashSet<>();
        faults.forEach(fault -> faulty.add(fault.file()));
        List<ParsedFile> rest = parsed.stream()
                .filter(file -> !faulty.contains(file.file().path()))
                .toList();
        if (rest.isEmpty() || faulty.contains("")) {
            return null;
        }
        try {
            return compiled(rest, List.of());
        } catch (RuleBookFaults cannotBeTold) {
            return null;
        }
    }

    /** Compiles the files without a look at the examples. */
    static Compiled compileUntried(Collection<RuleFile> files) throws RuleBookFaults {
        List<RuleProblem> problems = new ArrayList<>();
        return compiled(parsed(files, problems), problems);
    }

    private static List<ParsedFile> parsed(Collection<RuleFile> files, List<RuleProblem> problems) {
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
                parsed.add(ParsedFile.of(file));
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

    private static Compiled compiled(List<ParsedFile> parsed, List<RuleProblem> known) throws RuleBookFaults {
        if (!known.isEmpty()) {
            List<RuleProblem> problems = new ArrayList<>(known);
            // What is wrong already would only be reported twice.
            Set<String> faulty = new HashSet<>();
            known.forEach(fault -> faulty.add(fault.file()));
            List<ParsedFile> compilable = parsed.stream()
                    .filter(file -> !faulty.contains(file.file().path()))
                    .toList();
            problems.addAll(compilable.isEmpty() ? List.of() : faultsOf(compilable));
            throw new RuleBookFaults(problems);
        }
        List<RuleCard> cards =
                parsed.stream().flatMap(file -> file.rules().stream()).toList();
        Set<String> readers = new HashSet<>();
        cards.stream().filter(RuleCard::reads).forEach(card -> readers.add(card.name()));
        Set<String> namedSkus = new HashSet<>();
        parsed.forEach(file -> namedSkus.addAll(file.namedSkus()));
        return new Compiled(
                new RuleEngine(models(parsed), readers), cards, Set.copyOf(namedSkus), Spelling.words(parsed));
    }

    private RuleCompiler() {}

    /** The folder's vocabulary is there for editors to read; what is compiled is ours, so it must say the same. */
    private static void vocabulary(RuleFile file, List<RuleProblem> problems) {
        List<String> known = statements(VOCABULARY);
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

    private static List<RuleProblem> faultsOf(List<ParsedFile> parsed) {
        List<RuleProblem> problems = new ArrayList<>();
        try (Build build = new Build(parsed)) {
            Set<String> seen = new LinkedHashSet<>();
            for (Message message : build.classic()) {
                RuleProblem problem = located(message, parsed);
                if (seen.add(problem.toString())) {
                    problems.add(problem);
                }
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // some bad values escape the compiler as exceptions, without a word on where they stand
            problems.add(fault("", 0, 0, "", "The rules cannot be compiled: " + e + ".", ""));
        }
        return problems;
    }

    private static RuleProblem located(Message message, List<ParsedFile> parsed) {
        Wording.Said said = Wording.compiler(message.getText());
        for (ParsedFile file : parsed) {
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
    private static List<Model> models(List<ParsedFile> parsed) throws RuleBookFaults {
        String cause;
        try (Build build = new Build(parsed)) {
            return build.executable();
        } catch (RuleClasses.OutOfReach e) {
            throw new RuleBookFaults(outOfReach(parsed, e));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            cause = String.valueOf(e);
        }
        List<RuleProblem> problems = faultsOf(parsed);
        if (problems.isEmpty()) {
            problems.add(unexplained(parsed, cause));
        }
        throw new RuleBookFaults(problems);
    }

    /** What the compiler made of the rules reaches further than rules may; the file that does so by itself is the one. */
    private static RuleProblem outOfReach(List<ParsedFile> parsed, RuleClasses.OutOfReach reached) {
        String guilty = "";
        for (ParsedFile file : parsed) {
            try (Build build = new Build(List.of(file))) {
                build.executable();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                guilty = file.file().path();
                break;
            }
        }
        return fault(guilty, 0, 0, "", "The compiled rules are refused: " + reached.getMessage() + ".", WORDS);
    }

    /** The classic build takes what the executable one does not: the file that fails by itself is the one to look at. */
    private static RuleProblem unexplained(List<ParsedFile> parsed, String cause) {
        for (ParsedFile file : parsed) {
            try (Build build = new Build(List.of(file))) {
                build.executable();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return fault(
                        file.file().path(),
                        0,
                        0,
                        "",
                        "A condition of this file cannot be compiled: "
                                + Wording.compiler(String.valueOf(e.getMessage()))
                                        .message(),
                        "Look for values of different types that are compared.");
            }
        }
        return fault(
                "",
                0,
                0,
                "",
                "The rules cannot be compiled together: "
                        + Wording.compiler(cause).message(),
                "");
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
            files.write(folder + RuleFile.VOCABULARY, VOCABULARY);
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

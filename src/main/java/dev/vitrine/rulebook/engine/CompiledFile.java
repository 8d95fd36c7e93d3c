package dev.vitrine.rulebook.engine;

import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;

/** One compiled rule file. It depends on no other file, so one that is in use already is not compiled again. */
public final class CompiledFile {
    /** Versions of the examples file that are remembered while the rules stay the same. */
    private static final int PASSED_MAX = 8;

    private final ParsedFile parsed;
    private final List<Model> models;
    private final ClassLoader classes;
    private final Set<String> namedSkus;
    private final Promises promises;
    private final List<Spelling.Word> words;
    /** Null until somebody asks: a start that finds its rules as they were needs none. */
    private volatile List<RuleShape> shapes;

    private final Map<RuleFile, Set<String>> passed = new ConcurrentHashMap<>();

    private CompiledFile(ParsedFile parsed, List<Model> models, ClassLoader classes) {
        this.parsed = parsed;
        this.models = models;
        this.classes = classes;
        this.namedSkus = parsed.namedSkus();
        this.promises = parsed.promises();
        this.words = Spelling.words(List.of(parsed));
    }

    /** Files that were compiled together. All their classes stay loaded while one of the files is used. */
    static List<CompiledFile> of(List<ParsedFile> files, List<Model> models) {
        List<CompiledFile> compiled = new ArrayList<>();
        for (ParsedFile file : files) {
            Set<String> names = new HashSet<>();
            file.rules().forEach(rule -> names.add(rule.name()));
            CompiledFile one = new CompiledFile(
                    file,
                    models.stream().map(model -> part(model, names)).toList(),
                    models.get(0).getClass().getClassLoader());
            compiled.add(one);
        }
        return compiled;
    }

    private static Model part(Model model, Set<String> names) {
        ModelImpl part = new ModelImpl(model.getName());
        model.getGlobals().forEach(part::addGlobal);
        model.getTypeMetaDatas().forEach(part::addTypeMetaData);
        model.getRules().stream().filter(rule -> names.contains(rule.getName())).forEach(part::addRule);
        return part;
    }

    public RuleFile file() {
        return parsed.file();
    }

    /** What nobody can mean in it: see {@link ParsedFile#slips()}. */
    public List<RuleProblem> slips() {
        return parsed.slips();
    }

    /** What does no harm in it and says nothing: see {@link ParsedFile#remarks()}. */
    public List<RuleProblem> remarks() {
        return parsed.remarks();
    }

    ParsedFile parsed() {
        return parsed;
    }

    List<Model> models() {
        return models;
    }

    /** Its rules without the paused ones. */
    public List<RuleShape> shapes() {
        List<RuleShape> known = shapes;
        if (known == null) {
            known = new ArrayList<>();
            List<RuleDescr> trees = parsed.tree().getRules();
            for (int i = 0; i < trees.size(); i++) {
                if (parsed.rules().get(i).enabled()) {
                    known.add(RuleShape.of(trees.get(i), parsed.rules().get(i)));
                }
            }
            // whoever comes second reads the same from the same tree
            shapes = known;
        }
        return known;
    }

    /** The condition of one of its rules, paused or not; empty where it has no rule of this name. */
    public Optional<ConditionParts> conditions(String rule) {
        return parsed.conditions(rule);
    }

    /** Files that were compiled together share it. */
    public ClassLoader classes() {
        return classes;
    }

    Set<String> rulesThatUse(String className) {
        return classes instanceof RuleClasses compiled ? compiled.rulesThatUse(className) : Set.of();
    }

    Set<String> namedSkus() {
        return namedSkus;
    }

    Promises promises() {
        return promises;
    }

    List<Spelling.Word> words() {
        return words;
    }

    /** An engine with the rules of this file only, for its examples. */
    public RuleEngine alone(ZoneId zone) {
        return new RuleEngine(models, parsed.rules(), zone);
    }

    /** The rules that these examples cover if they are known to pass, null if they have to be run. */
    public Set<String> passed(RuleFile examples) {
        return passed.get(examples);
    }

    public void markPassed(RuleFile examples, Set<String> rules) {
        if (passed.size() >= PASSED_MAX) {
            passed.clear();
        }
        passed.put(examples, Set.copyOf(rules));
    }
}

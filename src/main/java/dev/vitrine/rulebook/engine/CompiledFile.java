package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.RuleFile;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;

/**
 * One rule file, compiled. Nothing that it becomes depends on any other file: they share no names but those of the
 * vocabulary, and classes of different runs of the compiler are kept apart by their loaders. So a file that an edition or a
 * draft in use holds already is not compiled again, and a change costs what was changed.
 */
public final class CompiledFile {
    /** Our choice: more versions of the examples beside rules that stay the same are rewritten too often to remember. */
    private static final int PASSED_MAX = 8;

    private final ParsedFile parsed;
    private final List<Model> models;
    private final ClassLoader classes;
    private final Set<String> namedSkus;
    private final List<Spelling.Word> words;
    private final List<RuleShape> shapes = new ArrayList<>();
    private final Map<RuleFile, Set<String>> passed = new ConcurrentHashMap<>();

    private CompiledFile(ParsedFile parsed, List<Model> models, ClassLoader classes) {
        this.parsed = parsed;
        this.models = models;
        this.classes = classes;
        this.namedSkus = parsed.namedSkus();
        this.words = Spelling.words(List.of(parsed));
        List<RuleDescr> trees = parsed.tree().getRules();
        for (int i = 0; i < trees.size(); i++) {
            if (parsed.rules().get(i).enabled()) {
                shapes.add(RuleShape.of(trees.get(i), parsed.rules().get(i)));
            }
        }
    }

    /**
     * What became of files that were compiled in one go, file by file. Their classes stay as long as one of them is used.
     *
     * @param models of all of them; a rule's name tells its file
     */
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

    ParsedFile parsed() {
        return parsed;
    }

    List<Model> models() {
        return models;
    }

    /** Its rules in a form that can be compared; those that are paused left out. */
    public List<RuleShape> shapes() {
        return shapes;
    }

    /** What defined its classes; one of its own, unless it was compiled together with others. */
    public ClassLoader classes() {
        return classes;
    }

    /** Its rules whose code is in this class. */
    Set<String> rulesThatUse(String className) {
        return classes instanceof RuleClasses compiled ? compiled.rulesThatUse(className) : Set.of();
    }

    /** Skus that its rules ask for by name. */
    Set<String> namedSkus() {
        return namedSkus;
    }

    /** Words of the shop that its rules name. */
    List<Spelling.Word> words() {
        return words;
    }

    /** An engine of the rules of this file and no others, which is what examples are tried on; days are those of the zone. */
    public RuleEngine alone(ZoneId zone) {
        return new RuleEngine(models, parsed.rules(), zone);
    }

    /** The rules that these examples are about, where they are known to hold; null where they must be tried. */
    public Set<String> passed(RuleFile examples) {
        return passed.get(examples);
    }

    /** These examples hold, and are about these rules of the file and no others. */
    public void pass(RuleFile examples, Set<String> rules) {
        if (passed.size() >= PASSED_MAX) {
            passed.clear();
        }
        passed.put(examples, Set.copyOf(rules));
    }
}

package dev.vitrine.rulebook.engine;

import java.util.List;
import java.util.Map;
import org.drools.model.Model;

/** What one run of the rule compiler produced: byte code by path, and the names of the classes that build the rules. */
record RuleByteCode(Map<String, byte[]> classes, List<String> models) {
    /** @throws NotAllowedException when it names what rules may not use */
    List<Model> load() {
        return new RuleClasses(classes).models(models);
    }
}

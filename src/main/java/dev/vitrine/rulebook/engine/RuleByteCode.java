package dev.vitrine.rulebook.engine;

import java.util.List;
import java.util.Map;
import org.drools.model.Model;

/**
 * What one run of the rule compiler produced, before any class of it is defined.
 *
 * @param classes byte code by path, such as {@code dev/vitrine/merchandising/Rules.class}
 * @param models names of the classes that build the rules
 */
record RuleByteCode(Map<String, byte[]> classes, List<String> models) {
    /** @throws NotAllowedException when it names what rules may not use */
    List<Model> load() {
        return new RuleClasses(classes).models(models);
    }
}

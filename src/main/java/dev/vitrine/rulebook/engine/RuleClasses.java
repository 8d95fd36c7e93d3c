package dev.vitrine.rulebook.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Model;

/**
 * Loads compiled rules and lets them reach only {@link AllowedClasses}: the second wall of the guard. Their byte code is
 * checked before it is defined, and when they run, the JVM asks this loader for every class that they name.
 */
final class RuleClasses extends ClassLoader {
    private static final ClassLoader SERVICE = RuleClasses.class.getClassLoader();
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> classes = new HashMap<>();

    /** @throws NotAllowedException when the byte code names what is not on the list */
    RuleClasses(Map<String, byte[]> files) {
        super(SERVICE);
        files.forEach((path, bytes) ->
                classes.put(path.substring(0, path.length() - SUFFIX.length()).replace('/', '.'), bytes));
        ByteCodeCheck.check(classes);
    }

    List<Model> models(List<String> classNames) {
        List<Model> models = new ArrayList<>();
        for (String name : classNames) {
            try {
                models.add((Model) loadClass(name).getDeclaredConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return models;
    }

    /** The names of the rules that use one of these classes. Conditions that read alike in two rules are one class. */
    Set<String> rulesThatUse(String className) {
        return classes.containsKey(className) ? RuleClassUsers.of(className, classes.values()) : Set.of();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            byte[] bytes = classes.get(name);
            if (bytes != null) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
            if (!AllowedClasses.contains(name)) {
                throw new ClassNotFoundException(name + " is not allowed in rules");
            }
            return SERVICE.loadClass(name);
        }
    }
}

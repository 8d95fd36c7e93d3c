package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Model;
import org.mvel2.asm.ClassReader;
import org.mvel2.asm.ClassVisitor;
import org.mvel2.asm.Handle;
import org.mvel2.asm.Label;
import org.mvel2.asm.MethodVisitor;
import org.mvel2.asm.Opcodes;
import org.mvel2.asm.Type;

/**
 * The compiled rules of one edition, as classes: the second wall. Their byte code is read before they are defined and may
 * name nothing but what {@link Reach} lists. When they run, the JVM asks this loader for every class that they name, and is
 * given only what stands on that list too. The classes go when nothing holds the edition any more.
 */
final class RuleClasses extends ClassLoader {
    private static final ClassLoader HOUSE = RuleClasses.class.getClassLoader();
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> classes = new HashMap<>();

    /**
     * @param files what the compiler made: byte code by path
     * @throws OutOfReach when it names what is not on the list
     */
    RuleClasses(Map<String, byte[]> files) {
        super(HOUSE);
        files.forEach((path, bytes) ->
                classes.put(path.substring(0, path.length() - SUFFIX.length()).replace('/', '.'), bytes));
        classes.values().forEach(bytes -> new ClassReader(bytes).accept(new ReachCheck(), ClassReader.SKIP_DEBUG));
    }

    /** The models that these classes make. */
    List<Model> models(List<String> names) {
        List<Model> models = new ArrayList<>();
        for (String name : names) {
            try {
                models.add((Model) loadClass(name).getDeclaredConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return models;
    }

    /**
     * The rules that use one of these classes. Each rule is put together in a method that names the rule and the classes of
     * its conditions and consequences; what reads alike in two rules is one class.
     */
    Set<String> rulesThatUse(String className) {
        Set<String> rules = new HashSet<>();
        if (classes.containsKey(className)) {
            String type = className.replace('.', '/');
            classes.values()
                    .forEach(bytes -> new ClassReader(bytes).accept(new Uses(type, rules), ClassReader.SKIP_DEBUG));
        }
        return rules;
    }

    /** Gathers the rules that are put together in methods which name a class. */
    private static final class Uses extends ClassVisitor {
        private final String type;
        private final Set<String> rules;

        Uses(String type, Set<String> rules) {
            super(Opcodes.ASM9);
            this.type = type;
            this.rules = rules;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private String rule;
                private Object last;
                private boolean uses;

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
                    uses |= owner.equals(type);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    // a rule is made of the name of its package and its own
                    if (rule == null && ParsedFile.PACKAGE.equals(last)) {
                        rule = String.valueOf(value);
                    }
                    last = value;
                }

                @Override
                public void visitEnd() {
                    if (uses && rule != null) {
                        rules.add(rule);
                    }
                }
            };
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            byte[] bytes = classes.get(name);
            if (bytes != null) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
            if (!Reach.holds(name)) {
                throw new ClassNotFoundException(name + " is not for rules");
            }
            return HOUSE.loadClass(name);
        }
    }

    /** Compiled rules that name something which is not for rules. */
    static final class OutOfReach extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfReach(String what) {
            super("'" + what + "' is not for rules");
        }
    }

    /** Reads every name in the byte code; debug information aside, nothing else can reach out of a class. */
    private final class ReachCheck extends ClassVisitor {
        ReachCheck() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String above, String[] interfaces) {
            type(above);
            for (String one : interfaces) {
                type(one);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_NATIVE) != 0 || name.equals("finalize")) {
                throw new OutOfReach(name);
            }
            return new CodeCheck();
        }

        private void type(String internalName) {
            Type type = Type.getObjectType(internalName);
            type(type.getSort() == Type.ARRAY ? type.getElementType() : type);
        }

        private void type(Type type) {
            String name = type.getClassName();
            if (type.getSort() == Type.OBJECT && !classes.containsKey(name) && !Reach.holds(name)) {
                throw new OutOfReach(name);
            }
        }

        private void member(String owner, String member) {
            String name = owner.startsWith("[") ? Object.class.getName() : owner.replace('/', '.');
            if (!classes.containsKey(name) && !Reach.holds(name, member)) {
                throw new OutOfReach(name + "." + member);
            }
        }

        private final class CodeCheck extends MethodVisitor {
            CodeCheck() {
                super(Opcodes.ASM9);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                member(owner, owner.startsWith("[") && name.equals("clone") ? "equals" : name);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                if (opcode == Opcodes.PUTSTATIC && !classes.containsKey(owner.replace('/', '.'))) {
                    throw new OutOfReach(owner + "." + name);
                }
                member(owner, name);
            }

            @Override
            public void visitTypeInsn(int opcode, String name) {
                type(name);
            }

            @Override
            public void visitIntInsn(int opcode, int operand) {
                if (opcode == Opcodes.NEWARRAY) {
                    throw new OutOfReach("new array");
                }
            }

            @Override
            public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
                throw new OutOfReach(descriptor);
            }

            @Override
            public void visitLdcInsn(Object value) {
                if (value instanceof Type of) {
                    type(of.getSort() == Type.ARRAY ? of.getElementType() : of);
                } else if (value instanceof Handle
                        || value.getClass().getSimpleName().equals("ConstantDynamic")) {
                    throw new OutOfReach(value.toString());
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                if (!bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")) {
                    throw new OutOfReach(bootstrap.getOwner().replace('/', '.'));
                }
            }

            @Override
            public void visitTryCatchBlock(Label start, Label end, Label handler, String exception) {
                if (exception != null && !exception.equals("java/lang/NoSuchFieldError")) {
                    throw new OutOfReach("catch " + exception.replace('/', '.'));
                }
            }
        }
    }

    /** Classes and members that compiled rules may name. */
    static final class Reach {
        private static final Set<String> NUMBER = Set.of(
                "TYPE",
                "valueOf",
                "intValue",
                "longValue",
                "doubleValue",
                "floatValue",
                "shortValue",
                "byteValue",
                "booleanValue",
                "charValue",
                "compare",
                "compareTo",
                "equals",
                "hashCode");

        /** Of the JDK: the class, and what of it compiled rules may call. Most of it is what the compiler writes itself. */
        private static final Map<String, Set<String>> JDK = Map.ofEntries(
                Map.entry("java.lang.Object", Set.of("<init>", "equals", "hashCode", "toString")),
                Map.entry(
                        "java.lang.String",
                        Set.of("equals", "hashCode", "toString", "length", "valueOf", "compareTo", "contains")),
                Map.entry("java.lang.StringBuilder", Set.of("<init>", "append", "toString")),
                Map.entry("java.lang.CharSequence", Set.of()),
                Map.entry("java.lang.Comparable", Set.of("compareTo")),
                Map.entry("java.lang.Number", NUMBER),
                Map.entry("java.lang.Integer", NUMBER),
                Map.entry("java.lang.Long", NUMBER),
                Map.entry("java.lang.Double", NUMBER),
                Map.entry("java.lang.Float", NUMBER),
                Map.entry("java.lang.Short", NUMBER),
                Map.entry("java.lang.Byte", NUMBER),
                Map.entry("java.lang.Boolean", NUMBER),
                Map.entry("java.lang.Character", NUMBER),
                Map.entry("java.lang.Enum", Set.of("<init>", "valueOf", "equals", "compareTo")),
                Map.entry("java.lang.Record", Set.of()),
                Map.entry("java.lang.Class", Set.of()),
                Map.entry("java.lang.System", Set.of("arraycopy")),
                Map.entry("java.lang.Throwable", Set.of()),
                Map.entry("java.lang.Exception", Set.of()),
                Map.entry("java.lang.RuntimeException", Set.of("<init>")),
                Map.entry("java.math.BigDecimal", Set.of("<init>", "valueOf", "compareTo", "equals")),
                Map.entry("java.math.BigInteger", Set.of("<init>", "valueOf", "compareTo", "equals")),
                Map.entry("java.util.Arrays", Set.of("asList")),
                Map.entry("java.util.ArrayList", Set.of("<init>", "add")),
                Map.entry("java.util.Collections", Set.of("emptyList", "emptySet")),
                Map.entry("java.util.Collection", Set.of("contains", "equals")),
                Map.entry("java.util.List", Set.of("add", "contains", "equals")),
                Map.entry("java.util.Set", Set.of("contains", "equals")),
                Map.entry("java.util.Map", Set.of("equals")),
                Map.entry("java.util.Objects", Set.of("equals")),
                Map.entry("java.util.Locale", Set.of("ENGLISH")),
                Map.entry("java.util.regex.Pattern", Set.of("compile", "matcher")),
                Map.entry("java.util.regex.Matcher", Set.of("matches")),
                Map.entry("java.util.Date", Set.of()),
                Map.entry("java.util.Calendar", Set.of()),
                Map.entry("java.util.GregorianCalendar", Set.of("<init>", "from")),
                Map.entry("java.time.LocalDate", Set.of("parse", "atStartOfDay")),
                Map.entry("java.time.ZoneId", Set.of("systemDefault")),
                Map.entry("java.time.ZonedDateTime", Set.of()),
                Map.entry("java.time.format.DateTimeFormatter", Set.of()),
                Map.entry(
                        "java.time.format.DateTimeFormatterBuilder",
                        Set.of("<init>", "parseCaseInsensitive", "appendPattern", "toFormatter")),
                // what the JVM itself looks up to put texts together
                Map.entry("java.lang.invoke.StringConcatFactory", Set.of()),
                Map.entry("java.lang.invoke.CallSite", Set.of()),
                Map.entry("java.lang.invoke.MethodHandle", Set.of()),
                Map.entry("java.lang.invoke.MethodHandles", Set.of()),
                Map.entry("java.lang.invoke.MethodHandles$Lookup", Set.of()),
                Map.entry("java.lang.invoke.MethodType", Set.of()));

        /** Of Drools: the language in which it writes a rule down, which leads nowhere else. */
        private static final Set<String> DROOLS = Set.of(
                "org.drools.modelcompiler.dsl.pattern.D",
                "org.drools.modelcompiler.util.EvaluationUtil",
                "org.drools.compiler.kie.builder.MaterializedLambda",
                "org.drools.util.DateUtils");

        private static final String MODEL = "org.drools.model.";
        /** From these one gets hold of the session, or of code in a text. */
        private static final Set<String> MODEL_CLOSED = Set.of(
                "Drools", "DroolsEntryPoint", "EntryPoint", "Channel", "TupleHandle", "Handle", "FlowDSL", "DSL");

        private static final List<String> MODEL_CLOSED_ROOMS = List.of(
                "functions.ScriptBlock", "functions.LambdaPrinter", "functions.FunctionUtils", "util.", "project.");

        private Reach() {}

        static boolean holds(String type) {
            return JDK.containsKey(type) || DROOLS.contains(type) || model(type) || Vocabulary.reaches(type);
        }

        static boolean holds(String type, String member) {
            Set<String> members = JDK.get(type);
            if (members != null) {
                return members.contains(member);
            }
            return DROOLS.contains(type) || model(type) || Vocabulary.reaches(type, member);
        }

        private static boolean model(String type) {
            if (!type.startsWith(MODEL)) {
                return false;
            }
            String name = type.substring(MODEL.length());
            return !MODEL_CLOSED.contains(name) && MODEL_CLOSED_ROOMS.stream().noneMatch(name::startsWith);
        }
    }
}

package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.Model;
import org.mvel2.asm.ClassReader;
import org.mvel2.asm.ClassVisitor;
import org.mvel2.asm.ClassWriter;
import org.mvel2.asm.Label;
import org.mvel2.asm.MethodVisitor;
import org.mvel2.asm.Opcodes;

/**
 * A rule whose compiled code loops for as long as a test wants, without checking whether it is cancelled. The guard lets no such
 * rule pass, so the loop is added to its byte code. While this object is held, the file is not compiled again, and everybody who
 * uses the file gets this code.
 */
public final class EndlessRule implements AutoCloseable {
    private static final String LOOPING = "looping";

    private final List<CompiledFile> held;
    private final Field looping;
    private final RuleCompiler compiler;

    /** Where the loop is. */
    public enum Part {
        CONDITION("LambdaPredicate", "test"),
        CONSEQUENCE("LambdaConsequence", "execute");

        private final String type;
        private final String method;

        Part(String type, String method) {
            this.type = type;
            this.method = method;
        }
    }

    public EndlessRule(RuleFile file, Part part, RuleCompiler compiler) throws Exception {
        this.compiler = compiler;
        List<ParsedFile> parsed = List.of(ParsedFile.of(file));
        try (DroolsBuild build = new DroolsBuild(parsed)) {
            Map<String, byte[]> classes = new HashMap<>(build.byteCode());
            String path = classes.keySet().stream()
                    .filter(name -> name.contains(part.type))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            classes.put(path, withLoop(classes.get(path), part));
            List<Model> models = build.models(classes);
            held = compiler.use(CompiledFile.of(parsed, models));
            looping = models.get(0)
                    .getClass()
                    .getClassLoader()
                    .loadClass(
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                    .getField(LOOPING);
        }
    }

    /** From now on the rule does not return. */
    public void begin() throws IllegalAccessException {
        looping.setBoolean(null, true);
    }

    /** Lets running threads return. */
    @Override
    public void close() throws IllegalAccessException {
        looping.setBoolean(null, false);
    }

    /** An edition with this rule and others. */
    public Edition edition(int number, RuleFile... others) throws InvalidRulesException {
        List<RuleFile> files = new ArrayList<>(List.of(others));
        files.add(held.get(0).file());
        files.sort(null);
        return new Edition(
                new StoredEdition(number, Instant.EPOCH, "", "", StoredEdition.hash(files), files),
                compiler.compile(files, ZoneOffset.UTC));
    }

    private static byte[] withLoop(byte[] code, Part part) {
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String type = reader.getClassName();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
                        return name.equals(part.method) && !bridge ? new Loop(body, type) : body;
                    }

                    @Override
                    public void visitEnd() {
                        visitField(
                                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE,
                                LOOPING,
                                "Z",
                                null,
                                null);
                        super.visitEnd();
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Loop extends MethodVisitor {
        private final String type;

        Loop(MethodVisitor body, String type) {
            super(Opcodes.ASM9, body);
            this.type = type;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            Label again = new Label();
            visitLabel(again);
            visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            visitFieldInsn(Opcodes.GETSTATIC, type, LOOPING, "Z");
            visitJumpInsn(Opcodes.IFNE, again);
        }
    }
}

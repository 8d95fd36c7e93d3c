package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.ParsedFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.mvel2.asm.ClassReader;
import org.mvel2.asm.ClassVisitor;
import org.mvel2.asm.MethodVisitor;
import org.mvel2.asm.Opcodes;

/** Finds the rules that use a compiled class: the compiler writes a method for each rule, with its name and classes. */
final class RuleClassUsers extends ClassVisitor {
    private final String type;
    private final Set<String> rules = new HashSet<>();

    private RuleClassUsers(String type) {
        super(Opcodes.ASM9);
        this.type = type;
    }

    static Set<String> of(String className, Collection<byte[]> byteCode) {
        RuleClassUsers users = new RuleClassUsers(className.replace('.', '/'));
        byteCode.forEach(bytes -> new ClassReader(bytes).accept(users, ClassReader.SKIP_DEBUG));
        return users.rules;
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
                // a rule's name follows the name of its package
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

package dev.vitrine.rulebook.engine;

import java.util.Map;
import java.util.Set;
import org.mvel2.asm.ClassReader;
import org.mvel2.asm.ClassVisitor;
import org.mvel2.asm.Handle;
import org.mvel2.asm.Label;
import org.mvel2.asm.MethodVisitor;
import org.mvel2.asm.Opcodes;
import org.mvel2.asm.Type;

/** Refuses byte code that names what {@link AllowedClasses} does not list; a class has no other way to reach another. */
final class ByteCodeCheck extends ClassVisitor {
    /** Classes of the rules themselves, which may name one another. */
    private final Set<String> own;

    private ByteCodeCheck(Set<String> own) {
        super(Opcodes.ASM9);
        this.own = own;
    }

    /** @throws NotAllowedException when the byte code names something that rules must not */
    static void check(Map<String, byte[]> classes) {
        ByteCodeCheck check = new ByteCodeCheck(classes.keySet());
        classes.values().forEach(bytes -> new ClassReader(bytes).accept(check, ClassReader.SKIP_DEBUG));
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        type(superName);
        for (String one : interfaces) {
            type(one);
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        if ((access & Opcodes.ACC_NATIVE) != 0 || name.equals("finalize")) {
            throw new NotAllowedException(name);
        }
        return new CodeCheck();
    }

    private void type(String internalName) {
        Type type = Type.getObjectType(internalName);
        type(type.getSort() == Type.ARRAY ? type.getElementType() : type);
    }

    private void type(Type type) {
        String name = type.getClassName();
        if (type.getSort() == Type.OBJECT && !own.contains(name) && !AllowedClasses.contains(name)) {
            throw new NotAllowedException(name);
        }
    }

    private void member(String owner, String member) {
        String name = owner.startsWith("[") ? Object.class.getName() : owner.replace('/', '.');
        if (!own.contains(name) && !AllowedClasses.contains(name, member)) {
            throw new NotAllowedException(name + "." + member);
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
            if (opcode == Opcodes.PUTSTATIC && !own.contains(owner.replace('/', '.'))) {
                throw new NotAllowedException(owner + "." + name);
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
                throw new NotAllowedException("new array");
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            throw new NotAllowedException(descriptor);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type of) {
                type(of.getSort() == Type.ARRAY ? of.getElementType() : of);
            } else if (value instanceof Handle
                    || value.getClass().getSimpleName().equals("ConstantDynamic")) {
                throw new NotAllowedException(value.toString());
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            if (!bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")) {
                throw new NotAllowedException(bootstrap.getOwner().replace('/', '.'));
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String exception) {
            if (exception != null && !exception.equals("java/lang/NoSuchFieldError")) {
                throw new NotAllowedException("catch " + exception.replace('/', '.'));
            }
        }
    }
}

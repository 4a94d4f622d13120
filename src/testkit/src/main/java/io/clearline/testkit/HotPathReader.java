/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.testkit;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Visits class files and collects the violations of {@link HotPathRule}. Reads one class after another. */
final class HotPathReader extends ClassVisitor {
    /** A name instead of the class, because the test kit depends on no other module. */
    private static final String ANNOTATION = "Lio/clearline/dsp/HotPath;";

    private final List<String> violations = new ArrayList<>();
    private int checkedMethods;
    private String className;
    private boolean classIsHot;

    HotPathReader() {
        super(Opcodes.ASM9);
    }

    List<String> violations() {
        return violations;
    }

    int checkedMethods() {
        return checkedMethods;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.replace('/', '.');
        classIsHot = false;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        classIsHot |= descriptor.equals(ANNOTATION);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new HotMethod(name, classIsHot && !name.startsWith("<"));
    }

    /** Visits one method. Its annotation is visited before its code. */
    private final class HotMethod extends MethodVisitor {
        private final String name;
        private boolean isHot;
        private int line;

        HotMethod(String name, boolean isHot) {
            super(Opcodes.ASM9);
            this.name = name;
            this.isHot = isHot;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            isHot |= descriptor.equals(ANNOTATION);
            return null;
        }

        @Override
        public void visitCode() {
            if (isHot) {
                checkedMethods++;
            }
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                violation("allocates " + type + (opcode == Opcodes.NEW ? "" : "[]"));
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                violation("allocates an array");
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            violation("allocates " + descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String called, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            violation("has a lambda, string concatenation or pattern switch (invokedynamic " + called + ")");
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean onInterface) {
            if (ForbiddenCalls.contain(owner, called, descriptor)) {
                violation("calls " + owner.replace('/', '.') + "." + called);
            }
        }

        private void violation(String what) {
            if (isHot) {
                violations.add(className + "." + name + " (line " + line + ") " + what);
            }
        }
    }
}

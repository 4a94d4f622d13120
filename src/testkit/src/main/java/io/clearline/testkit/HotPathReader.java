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

/** Collects from class files, one after the other, what {@link HotPathRule} forbids. */
final class HotPathReader extends ClassVisitor {
    /** By name: the test kit depends on no module. */
    private static final String MARK = "Lio/clearline/dsp/HotPath;";

    private final List<String> breaches = new ArrayList<>();
    private int checkedMethods;
    private String className;
    private boolean classMarked;

    HotPathReader() {
        super(Opcodes.ASM9);
    }

    List<String> breaches() {
        return breaches;
    }

    int checkedMethods() {
        return checkedMethods;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.replace('/', '.');
        classMarked = false;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        classMarked |= descriptor.equals(MARK);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new HotMethod(name, classMarked && !name.startsWith("<"));
    }

    private final class HotMethod extends MethodVisitor {
        private final String name;
        private boolean marked;
        private int line;

        HotMethod(String name, boolean marked) {
            super(Opcodes.ASM9);
            this.name = name;
            this.marked = marked;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            marked |= descriptor.equals(MARK);
            return null;
        }

        @Override
        public void visitCode() {
            if (marked) {
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
                breach("makes a new " + type + (opcode == Opcodes.NEW ? "" : "[]"));
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                breach("makes a new array");
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            breach("makes a new " + descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String called, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            breach("has a lambda, text concatenation or pattern switch (invokedynamic " + called + ")");
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean onInterface) {
            if (ForbiddenCalls.contain(owner, called, descriptor)) {
                breach("calls " + owner.replace('/', '.') + "." + called);
            }
        }

        private void breach(String what) {
            if (marked) {
                breaches.add(className + "." + name + " (line " + line + ") " + what);
            }
        }
    }
}

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
package io.clearline.dsp;

import java.util.Optional;

/**
 * Finds the classes that are written on the Vector API. They need a module that the rest of the program does not, so
 * they are loaded by name. Stateless.
 */
public final class SimdClasses {
    /** The kernels' property forces plain Java here too: {@code clearline.kernel=scalar}. */
    private static final boolean IS_FORCED_OFF = "scalar".equalsIgnoreCase(System.getProperty("clearline.kernel"));

    private SimdClasses() {}

    /** An instance of a class, where {@link #newInstance} has one and the process was not told to do without. */
    public static <T> Optional<T> preferred(Class<T> type, String className) {
        return IS_FORCED_OFF ? Optional.empty() : newInstance(type, className);
    }

    /**
     * An instance of a class by its constructor without arguments. Empty where the JVM has no Vector API, or has
     * another one than the class was written for, or where the class refuses the processor's vectors with a
     * {@link LinkageError}.
     */
    public static <T> Optional<T> newInstance(Class<T> type, String className) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.empty();
        }
        try {
            var constructor = Class.forName(className).getDeclaredConstructor();
            constructor.setAccessible(true);
            return Optional.of(type.cast(constructor.newInstance()));
        } catch (ReflectiveOperationException | LinkageError e) {
            // Whoever asked for the vector kernel is told there.
            return Optional.empty();
        }
    }
}

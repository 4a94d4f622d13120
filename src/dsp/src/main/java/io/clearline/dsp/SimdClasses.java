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
 * Loads classes that use the Vector API. They are loaded by name, because they need a module that may be missing.
 * Stateless.
 */
public final class SimdClasses {
    /** The system property of the kernels applies here as well: {@code clearline.kernel=scalar} forces plain Java. */
    private static final boolean IS_FORCED_OFF = "scalar".equalsIgnoreCase(System.getProperty("clearline.kernel"));

    private SimdClasses() {}

    /** Variant of {@link #newInstance} that returns empty if the system property forces plain Java. */
    public static <T> Optional<T> preferred(Class<T> type, String className) {
        return IS_FORCED_OFF ? Optional.empty() : newInstance(type, className);
    }

    /**
     * Creates an instance with the constructor without parameters.
     *
     * @return empty if the JVM has no Vector API or an incompatible one, or if the class rejects the vectors of this
     *     processor by throwing a {@link LinkageError}
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
            // Not reported here: choosing the kernel logs the reason, or fails with it if the vector kernel is forced.
            return Optional.empty();
        }
    }
}

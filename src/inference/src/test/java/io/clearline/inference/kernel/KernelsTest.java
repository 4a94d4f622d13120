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
package io.clearline.inference.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class KernelsTest {

    @Test
    void theVectorKernelIsTheBestWhereItsModuleIs() {
        assertThat(Kernels.whyNoVector()).isEmpty();
        assertThat(Kernels.best().name()).startsWith("vector-");
    }

    @Test
    void theForcedKernelIsTheOneThatRuns() {
        assertThat(KernelChoice.of("scalar").kernel().name()).isEqualTo("scalar");
        assertThat(KernelChoice.VECTOR.kernel().name()).startsWith("vector-");
    }

    @Test
    void anUnknownKernelIsAnError() {
        assertThatThrownBy(() -> KernelChoice.of("gpu")).hasMessageContaining("Expected auto, vector or scalar");
    }

    @Test
    void withoutTheModuleTheScalarKernelRunsAndTheFlagIsNamed() throws Exception {
        assertThat(runWithoutModule("auto")).contains("scalar").contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void withoutTheModuleAForcedVectorKernelIsAnError() throws Exception {
        assertThat(runWithoutModule("vector")).contains("can't run").contains("--add-modules jdk.incubator.vector");
    }

    private static String runWithoutModule(String wanted) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintKernel.class.getName(),
                wanted);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes());
            process.waitFor();
            return text;
        }
    }

    /** The main class of the child process. */
    public static final class PrintKernel {

        private PrintKernel() {}

        public static void main(String[] args) {
            System.out.println(Kernels.whyNoVector().orElse("nothing in the way"));
            System.out.println(KernelChoice.of(args[0]).kernel().name());
        }
    }
}

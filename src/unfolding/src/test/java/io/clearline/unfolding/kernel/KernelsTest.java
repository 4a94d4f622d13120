package io.clearline.unfolding.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    @Test
    void theVectorKernelIsTheBestWhereItsModuleIs() {
        assertThat(Kernels.whyNoVector()).isEmpty();
        assertThat(Kernels.best().name()).startsWith("vector-");
    }

    @Test
    void theForcedKernelIsTheOneThatRuns() {
        assertThat(Kernels.choose("scalar").name()).isEqualTo("scalar");
        assertThat(Kernels.choose("vector").name()).startsWith("vector-");
    }

    @Test
    void anUnknownKernelIsAnError() {
        assertThatThrownBy(() -> Kernels.choose("gpu")).hasMessageContaining("expected vector or scalar");
    }

    @Test
    void withoutTheModuleTheScalarKernelRunsAndTheFlagIsNamed() throws Exception {
        assertThat(runWithoutModule("")).contains("scalar").contains("--add-modules jdk.incubator.vector");
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

    /** The program of the child process. */
    public static final class PrintKernel {

        private PrintKernel() {}

        public static void main(String[] args) {
            System.out.println(Kernels.whyNoVector().orElse("nothing in the way"));
            System.out.println(Kernels.choose(args.length == 0 ? "" : args[0]).name());
        }
    }
}

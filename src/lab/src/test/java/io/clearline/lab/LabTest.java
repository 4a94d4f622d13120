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
package io.clearline.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LabTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"bench", "chaos", "soak", "recovery", "experiment"})
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: clearline-lab " + command);
    }

    @Test
    void anExperimentWritesItsTables(@TempDir Path folder) {
        assertThat(run("experiment", "mrf", "--quick", "--out", folder.toString()))
                .isZero();
        assertThat(folder).isDirectoryContaining("glob:**/mrf-quick.{md,json,png}");
    }

    @Test
    void anUnknownCommandEndsWithTwo() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString()).contains("See: clearline-lab --help");
    }

    private int run(String... arguments) {
        CommandLine lab = Lab.commandLine();
        lab.setOut(new PrintWriter(out, true));
        lab.setErr(new PrintWriter(err, true));
        return lab.execute(arguments);
    }
}

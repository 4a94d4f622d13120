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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Checks that an empty text, usually of a shell variable that is not set, is never taken for the current folder. */
class EmptyArgumentsTest {
    private final StringWriter err = new StringWriter();

    static Stream<Arguments> pathOptions() {
        List<Arguments> found = new ArrayList<>();
        collect(Clearline.commandLine(), found);
        return found.stream();
    }

    private static void collect(CommandLine command, List<Arguments> found) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.type() == Path.class || List.of(option.auxiliaryTypes()).contains(Path.class)) {
                found.add(Arguments.of(command.getCommandSpec().qualifiedName(), option.longestName()));
            }
        }
        command.getSubcommands().values().forEach(each -> collect(each, found));
    }

    @ParameterizedTest
    @MethodSource("pathOptions")
    void anEmptyPathOfAnOptionIsInvalid(String command, String option) {
        List<String> line = new ArrayList<>(List.of(command.split(" ")));
        line.remove(0);
        line.add(option);
        line.add("");
        assertThat(run(line.toArray(String[]::new))).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(option).contains("expected a path, found an empty text");
    }

    @Test
    void anEmptyPathOfAParameterIsInvalid() {
        assertThat(run("enhance", "", "-o", "q")).isEqualTo(2);
        assertThat(run("archive", "", "out")).isEqualTo(2);
        assertThat(run("send", "", "--stream", "a")).isEqualTo(2);
        assertThat(err.toString().lines().filter(line -> line.contains("expected a path, found an empty text")))
                .hasSize(3);
    }

    @Test
    void anEmptyUrlOrCheckpointIsInvalid() {
        assertThat(run("ingest", "", "--stream", "a")).isEqualTo(2);
        assertThat(run("egress", "", "--stream", "a")).isEqualTo(2);
        assertThat(run("job", "--restore", "")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Clearline.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}

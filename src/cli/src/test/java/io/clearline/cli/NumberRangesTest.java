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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Checks that a number outside its range makes a command line invalid, for every command. */
class NumberRangesTest {
    private static final List<Class<?>> NUMBERS = List.of(
            int.class,
            Integer.class,
            long.class,
            Long.class,
            short.class,
            Short.class,
            float.class,
            Float.class,
            double.class,
            Double.class);

    /** Accepts "none" beside numbers. An option with a converter checks its values there. */
    private static final List<String> OWN_CHECKS = List.of("--comfort-noise-db");

    private final StringWriter err = new StringWriter();

    @Test
    void everyNumberOfEveryCommandHasARange() {
        List<String> without = new ArrayList<>();
        collect(Clearline.commandLine(), without);
        assertThat(without).isEmpty();
    }

    private static void collect(CommandLine command, List<String> without) {
        for (ArgSpec argument : command.getCommandSpec().args()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            boolean own = OWN_CHECKS.contains(name) || argument.converters().length > 0;
            if (NUMBERS.contains(argument.type()) && NumberRanges.rangeOf(argument) == null && !own) {
                without.add(command.getCommandSpec().qualifiedName() + " " + name);
            }
        }
        command.getSubcommands().values().forEach(each -> collect(each, without));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --steps -3",
                "train --steps 0",
                "train --per-snr 0",
                "enhance a.wav -o out -j 0",
                "enhance a.wav -o out --strength NaN",
                "enhance a.wav -o out --strength 1.5",
                "archive in out --settle=-1",
                "archive in out -j 0",
                "score --model live --threads 0",
                "score --model live --per-snr 0",
                "score --model live --rate 1",
                "up --parallelism 0",
                "up --kafka-port 70000",
                "up --metrics -1",
                "demo --streams 0",
                "job --parallelism 0",
                "topics --partitions 0",
                "send a.wav --stream a --frame-millis 0",
                "gateway --rtp 4000-4100 --max-sessions 0",
                "gateway --audiosocket 65536",
                "receive --stream a --out a.wav --timeout 0",
                "model announce live --in=-1",
            })
    void aNumberOutsideItsRangeIsAnInvalidCommandLine(String line) {
        assertThat(run(line)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains("Expected --").contains(", found ");
    }

    @Test
    void theMessageNamesTheRangeAndTheNumber() {
        assertThat(run("up --kafka-port 70000")).isEqualTo(2);
        assertThat(err.toString()).startsWith("Expected --kafka-port within 0..65535, found 70000.");
    }

    @Test
    void helpIsPrintedWhateverTheNumbersAre() {
        assertThat(run("train --steps 0 --help")).isZero();
    }

    private int run(String line) {
        return Clearline.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
    }
}

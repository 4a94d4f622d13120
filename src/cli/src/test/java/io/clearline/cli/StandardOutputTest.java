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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a command whose output is lost does not end as if it were successful. */
class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"send --help", "help", "--version"})
    void outputThatCannotBeWrittenIsAFailure(String line) {
        int code = Clearline.commandLine()
                .setOut(new PrintWriter(new FullDisk()))
                .setErr(new PrintWriter(err))
                .execute(line.split(" "));
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("Standard output can't be written");
    }

    @Test
    void outputThatIsWrittenIsASuccess() {
        StringWriter out = new StringWriter();
        assertThat(StandardOutput.end(new PrintWriter(out), new PrintWriter(err), "clearline"))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    /** Fails as {@code /dev/full} does. */
    private static final class FullDisk extends Writer {
        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

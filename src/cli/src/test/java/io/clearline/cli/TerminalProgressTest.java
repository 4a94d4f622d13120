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

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    @Test
    void aLogLineHasTheStepsAndTheRemainingTime() {
        long twoMinutes = Duration.ofMinutes(2).toNanos();

        assertThat(TerminalProgress.line("Training live-16k", 100, 500, twoMinutes, "loss -6.10"))
                .isEqualTo("Training live-16k: 100 of 500, 8 min left, loss -6.10");
        assertThat(TerminalProgress.line("Corpus", 1, 2, twoMinutes, "")).isEqualTo("Corpus: 1 of 2, 2 min left");
        assertThat(TerminalProgress.line("Receiving", 7, -1, twoMinutes, "call"))
                .isEqualTo("Receiving: 7, call");
    }
}

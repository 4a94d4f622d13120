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
package io.clearline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandsTest {
    @Test
    void commentsEndAtTheLineAndQuotesHoldThem() {
        assertThat(ShellCommands.in("a b # c\nd '# e' f#g"))
                .containsExactly(List.of("a", "b"), List.of("d", "# e", "f#g"));
    }

    @Test
    void pipesListsAndTheBackgroundDivideCommands() {
        assertThat(ShellCommands.in("a | b && c; d &\ne"))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"), List.of("e"));
    }

    @Test
    void redirectionsAreNoArguments() {
        assertThat(ShellCommands.in("a > f b 2>&1 < g")).containsExactly(List.of("a", "b"));
    }

    @Test
    void aBackslashContinuesTheLine() {
        assertThat(ShellCommands.in("a \\\n  b\\ c")).containsExactly(List.of("a", "b c"));
    }

    @Test
    void anEmptyQuoteIsAWord() {
        assertThat(ShellCommands.in("a ''")).containsExactly(List.of("a", ""));
    }
}

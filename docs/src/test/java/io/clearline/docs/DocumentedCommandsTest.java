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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentedCommandsTest {
    @Test
    void everyCommandOfABlockIsUnderstoodByTheCommandLine() throws IOException {
        List<String> errors = new ArrayList<>();
        int commands = 0;
        for (CommandBlock block : blocks(Documents.all()).toList()) {
            for (ClearlineCommand command : ClearlineCommand.in(block.text())) {
                commands++;
                command.error().ifPresent(error -> errors.add(block.place() + ": " + command + ": " + error));
            }
        }
        assertThat(errors).isEmpty();
        assertThat(commands).as("commands found in all documents").isGreaterThan(50);
    }

    @Test
    void everyCommandInASentenceNamesCommandsAndOptionsThatExist() throws IOException {
        List<String> errors = new ArrayList<>();
        for (MarkdownFile document : Documents.all()) {
            for (String span : document.codeSpans()) {
                for (ClearlineCommand command : ClearlineCommand.in(span)) {
                    command.unknownName().ifPresent(name -> errors.add(document.path() + ": " + name + " in " + span));
                }
            }
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void everyBlockOfAPageSaysHowItIsChecked() throws IOException {
        assertThat(blocks(Documents.pages())).isNotEmpty().allSatisfy(block -> {
            assertThat(block.check()).as(block.place()).isNotNull();
            if (block.check() == Check.ELSEWHERE || block.check() == Check.BACKGROUND) {
                assertThat(block.detail())
                        .as("what stands behind the colon at " + block.place())
                        .isNotBlank();
            }
            if (block.check() == Check.PARSE) {
                assertThat(ClearlineCommand.in(block.text()))
                        .as("commands to parse at " + block.place())
                        .isNotEmpty();
            }
        });
    }

    @Test
    void anUnknownOptionOrCommandIsFound() {
        assertThat(ClearlineCommand.in("cat a | ./clearline send --strem x a.wav > b")
                        .get(0)
                        .error())
                .isPresent();
        assertThat(ClearlineCommand.in("clearline sned").get(0).unknownName()).contains("sned");
        assertThat(ClearlineCommand.in("clearline model announce --at 5").get(0).unknownName())
                .contains("--at");
        assertThat(ClearlineCommand.in("clearline send FILE --stream ID").get(0).unknownName())
                .isEmpty();
    }

    private static Stream<CommandBlock> blocks(List<MarkdownFile> documents) {
        return documents.stream().flatMap(document -> document.commandBlocks().stream());
    }
}

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
package io.clearline.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechTextsTest {
    @TempDir
    Path unpacked;

    @BeforeEach
    void write() throws Exception {
        Path stamps = Files.createDirectories(unpacked.resolve("tuxpaint/stamps/animals"));
        Files.writeString(
                stamps.resolve("squirrel.txt"), "A squirrel.\nit.utf8=Uno scoiattolo.\nnl.utf8=Een eekhoorn.\n");
        Files.writeString(stamps.resolve("cat.txt"), "A cat.\nit.utf8=Un gatto.\n");
        Path script = Files.createDirectories(unpacked.resolve("fillets/script/start"));
        Files.writeString(
                script.resolve("dialogs_it.lua"),
                "dialogId(\"a\", \"font\", \"What?\")\ndialogStr(\"Che cosa?\")\n-- dialogStr(\"No\")\n");
        Files.writeString(script.resolve("dialogs_nl.lua"), "dialogStr(\"Wat zeg je nou?\")\n");
    }

    @Test
    void passagesAreOfTheLanguageAndAsLongAsAsked() throws Exception {
        List<String> passages = SpeechTexts.of(unpacked).passages("it", 1, 500);

        assertThat(String.join(" ", passages))
                .contains("Uno scoiattolo.", "Un gatto.", "Che cosa?")
                .doesNotContain("No");
        assertThat(passages.stream().mapToInt(String::length).sum()).isBetween(500, 700);
    }

    @Test
    void aSeedHasItsOwnOrder() throws Exception {
        SpeechTexts texts = SpeechTexts.of(unpacked);

        assertThat(texts.passages("it", 1, 300)).isEqualTo(texts.passages("it", 1, 300));
        List<String> one = texts.passages("it", 1, 300);
        assertThat(List.of(texts.passages("it", 2, 300), texts.passages("it", 3, 300), texts.passages("it", 4, 300)))
                .anyMatch(other -> !other.equals(one));
    }

    @Test
    void dialogueThatTheIndependentTestSpeaksIsLeftOut() throws Exception {
        assertThat(SpeechTexts.of(unpacked).passages("nl", 1, 100)).noneMatch(passage -> passage.contains("zeg"));
    }

    @Test
    void aLanguageWithoutTextIsNamed() throws Exception {
        SpeechTexts texts = SpeechTexts.of(unpacked);

        assertThatThrownBy(() -> texts.passages("xx", 1, 100))
                .hasMessageContaining("language xx; there are: [en, it, nl]");
    }
}

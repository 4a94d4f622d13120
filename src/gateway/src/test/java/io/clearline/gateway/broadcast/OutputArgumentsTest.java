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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.gateway.broadcast.OutputArguments.Wishes;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputArgumentsTest {
    @TempDir
    private Path folder;

    @Test
    void aProtocolDefaultsToTheCodecThatReceiversExpect() throws Exception {
        assertThat(OutputArguments.of("srt://host:1", Wishes.NONE).withInput(48_000, 2))
                .containsSequence("-b:a", "192k", "-c:a", "aac", "-f", "mpegts")
                .endsWith("srt://host:1");
        assertThat(OutputArguments.of("srt://host:1", new Wishes("s302m", null, Map.of("strict", "-2"), false))
                        .withInput(48_000, 2))
                .containsSequence("-c:a", "s302m", "-f", "mpegts", "-strict", "-2")
                .doesNotContain("192k");
    }

    @Test
    void aFileIsOverwrittenOnlyOnRequest() throws Exception {
        Path file = Files.createFile(folder.resolve("-there:.wav"));
        assertThatThrownBy(() -> OutputArguments.of(file.toString(), Wishes.NONE))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(OutputArguments.of(file.toString(), new Wishes(null, null, Map.of(), true))
                        .withInput(8000, 1))
                .endsWith("file:" + file);
    }

    @Test
    void passwordsAreMasked() throws Exception {
        assertThat(OutputArguments.of("icecast://source:secret@host:8000/live", Wishes.NONE))
                .hasToString("icecast://***@host:8000/live");
        assertThat(OutputArguments.of("srt://host:1?passphrase=secret&mode=caller", Wishes.NONE))
                .hasToString("srt://host:1?passphrase=***&mode=caller");
    }
}

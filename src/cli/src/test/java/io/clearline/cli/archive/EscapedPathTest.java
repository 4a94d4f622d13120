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
package io.clearline.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EscapedPathTest {
    @TempDir
    private Path folder;

    @Test
    void everyByteOfANameIsPreserved() throws Exception {
        Path file = Path.of(URI.create(folder.toUri() + "a%20b%FF%0A%25.mp3"));
        Files.createFile(file);
        String escaped = EscapedPath.of(folder, file);
        assertThat(escaped).isEqualTo("a%20b%FF%0A%25.mp3");
        assertThat(EscapedPath.resolve(folder, escaped)).isEqualTo(file).exists();
        assertThat(EscapedPath.resolve(folder, "other/" + escaped + ".wav")
                        .toUri()
                        .toString())
                .endsWith("/other/a%20b%FF%0A%25.mp3.wav");
    }

    @Test
    void aResultHasThePathOfItsFile() {
        assertThat(EscapedPath.ofResult("a/x.wav", null)).isEqualTo("a/x.wav");
        assertThat(EscapedPath.ofResult("a/x.FLAC", null)).isEqualTo("a/x.FLAC");
        assertThat(EscapedPath.ofResult("a.b/x.mp3", null)).isEqualTo("a.b/x.mp3.wav");
        assertThat(EscapedPath.ofResult("x.flac", "wav")).isEqualTo("x.flac.wav");
        assertThat(EscapedPath.ofResult("a.wav/x", null)).isEqualTo("a.wav/x.wav");
    }
}

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
package io.clearline.cli.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultPathsTest {
    @TempDir
    private Path folder;

    @Test
    void theTreeBelowAFolderIsKept() throws IOException {
        file("calls/monday/a.wav");
        file("calls/b.flac");
        file("calls/notes.txt");
        assertThat(results(List.of(folder.resolve("calls")), null)).containsExactly("b.flac", "monday/a.wav");
    }

    @Test
    void filesOfOneNameInTwoFoldersKeepTheirFolders() throws IOException {
        file("one/x.wav");
        file("two/x.wav");
        assertThat(results(List.of(folder.resolve("one"), folder.resolve("two")), null))
                .containsExactly("one/x.wav", "two/x.wav");
        assertThat(results(List.of(folder.resolve("one/x.wav"), folder.resolve("two/x.wav")), null))
                .containsExactly("one/x.wav", "two/x.wav");
    }

    @Test
    void filesThatDifferOnlyInTheirExtensionKeepIt() throws IOException {
        file("in/x.wav");
        file("in/x.flac");
        file("in/x.mp3");
        assertThat(results(List.of(folder.resolve("in")), null)).containsExactly("x.flac", "x.mp3.wav", "x.wav");
        assertThat(results(List.of(folder.resolve("in")), "wav")).doesNotHaveDuplicates();
    }

    @Test
    void aFileThatIsGivenTwiceHasTwoResults() throws IOException {
        Path x = file("x.wav");
        assertThat(results(List.of(x, x), null)).containsExactly("x.wav", "x-2.wav");
    }

    @Test
    void theFolderOfResultsIsNotEnhancedAgain() throws IOException {
        file("in/x.wav");
        file("in/out/x.wav");
        AudioInputs inputs = AudioInputs.find(List.of(folder.resolve("in")), folder.resolve("in/out"));
        assertThat(inputs.found()).hasSize(1);
    }

    @Test
    void aMissingFileIsReportedAndTheOthersAreFound() throws IOException {
        AudioInputs inputs = AudioInputs.find(List.of(folder.resolve("none.wav"), file("x.wav")), null);
        assertThat(inputs.found()).hasSize(1);
        assertThat(inputs.failed()).containsOnlyKeys(folder.resolve("none.wav"));
    }

    private List<String> results(List<Path> given, String container) {
        return ResultPaths.of(AudioInputs.find(given, null).found(), container).stream()
                .map(Path::toString)
                .toList();
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[1]);
    }
}

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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaHaltTest {
    @TempDir
    Path folder;

    @Test
    void aFolderThatKafkaCanNoLongerUseIsNamedWithTheReason() throws Exception {
        Path gone = folder.resolve("gone");

        assertThat(KafkaHalt.sentence(List.of(folder, gone), null))
                .startsWith("Kafka has stopped, because its folder " + gone + " can't be written to: it does not exist")
                .contains("--data DIR")
                .endsWith(".")
                .hasLineCount(1);
    }

    @Test
    void theReasonOfTheOperatingSystemIsTold() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(KafkaHalt.sentence(List.of(file), null)).contains(file + " can't be written to: Not a directory");
    }

    @Test
    void anotherReasonIsThatOfKafkaAndItsFolderIsNamed() {
        assertThat(KafkaHalt.sentence(List.of(folder), "fatal fault"))
                .startsWith("Kafka has stopped (fatal fault); its data are in " + folder)
                .endsWith(".");
    }

    @Test
    void aProbeLeavesNothingBehind() {
        assertThat(FolderProbe.problem(folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}

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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.local.CheckpointFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @Test
    void theFolderFollowsTheXdgSpecification() {
        assertThat(StateFolder.of(Map.of(), "/home/ann")).isEqualTo(Path.of("/home/ann/.local/state/clearline"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/state"), "/home/ann"))
                .isEqualTo(Path.of("/state/clearline"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "state"), "/home/ann"))
                .isEqualTo(Path.of("/home/ann/.local/state/clearline"));
    }

    @Test
    void aJobRestoresTheNewestCheckpointNoneOrTheNamedOne(@TempDir Path folder) throws Exception {
        Path newest = Files.createDirectories(folder.resolve("job/chk-2"));
        Files.createFile(newest.resolve("_metadata"));
        RestoreFrom.Converter converter = new RestoreFrom.Converter();
        try (CheckpointFolder checkpoints = CheckpointFolder.open(folder)) {
            assertThat(converter.convert("latest").in(checkpoints)).contains(newest);
            assertThat(converter.convert("none").in(checkpoints)).isEmpty();
            assertThat(converter.convert(newest.toString()).in(checkpoints)).contains(newest);
            assertThatThrownBy(() -> converter.convert(folder.toString()).in(checkpoints))
                    .hasMessageContaining("found no file _metadata");
        }
    }
}

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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir
    Path temporary;

    @Test
    void theNewestIsTheOneWrittenLastByWhicheverJob() throws Exception {
        try (CheckpointFolder folder = CheckpointFolder.open(temporary)) {
            complete("first-job/chk-90", 1_000);
            Path newest = complete("second-job/chk-3", 3_000);
            complete("second-job/chk-2", 2_000);

            assertThat(folder.newest()).contains(newest);
        }
    }

    @Test
    void anIncompleteCheckpointIsIgnored() throws Exception {
        try (CheckpointFolder folder = CheckpointFolder.open(temporary)) {
            Files.createDirectories(temporary.resolve("job/chk-7"));
            Files.createDirectories(temporary.resolve("job/shared"));

            assertThat(folder.newest()).isEmpty();
        }
    }

    @Test
    void aSecondJobIsRefusedUntilTheFirstHasClosedTheFolder() throws Exception {
        try (CheckpointFolder first = CheckpointFolder.open(temporary)) {
            assertThat(first.path()).isEqualTo(temporary);
            assertThatThrownBy(() -> CheckpointFolder.open(temporary))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another job uses the checkpoints in " + temporary);
        }
        CheckpointFolder.open(temporary).close();
    }

    @Test
    void aRestoredCheckpointIsClaimedByTheJob() throws Exception {
        Configuration options = new Configuration();
        CheckpointFolder.restore(temporary, options);
        try (CheckpointFolder folder = CheckpointFolder.open(temporary)) {
            folder.addTo(options);
        }

        assertThat(options.get(StateRecoveryOptions.RESTORE_MODE)).isEqualTo(RecoveryClaimMode.CLAIM);
        assertThat(options.get(StateRecoveryOptions.SAVEPOINT_PATH))
                .isEqualTo(temporary.toUri().toString());
        assertThat(options.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo(temporary.toUri().toString());
    }

    private Path complete(String name, long writtenMillis) throws IOException {
        Path checkpoint = Files.createDirectories(temporary.resolve(name));
        Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMillis));
        return checkpoint;
    }
}

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
package io.clearline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder;

    @Test
    void aWriteThatFailsLeavesTheCheckpointOfBeforeAndNothingElse() throws Exception {
        Path file = folder.resolve("checkpoint.bin");
        Checkpoints.write(file, "training", out -> out.writeInt(7));

        assertThatThrownBy(() -> Checkpoints.write(file, "training", out -> {
                    out.writeInt(8);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        Checkpoints.read(file, "training", in -> assertThat(in.readInt()).isEqualTo(7));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aTruncatedCheckpointIsNamedWhereverItEnds() throws Exception {
        Path file = folder.resolve("checkpoint.bin");
        Checkpoints.write(file, "training", out -> out.writeInt(7));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoints.read(file, "training", in -> in.readInt()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " is damaged: it ends too early, after " + length + " bytes")
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void aFileThatIsNoCheckpointIsDamaged() throws Exception {
        Path file = Files.writeString(folder.resolve("checkpoint.bin"), "this is some text");
        assertThatThrownBy(() -> Checkpoints.read(file, "training", in -> in.readInt()))
                .hasMessageContaining(file + " is damaged: its format version is ");
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() throws Exception {
        Path file = folder.resolve("checkpoint.bin");
        Checkpoints.write(file, "apples", out -> out.writeInt(7));

        assertThatThrownBy(() -> Checkpoints.read(file, "pears", in -> in.readInt()))
                .hasMessageContaining("belongs to apples, not to pears");
    }
}

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
package io.clearline.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));

    @TempDir
    private Path checkpoints;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = ArtifactStore.beside(checkpoints.toUri().toString());
    }

    @Test
    void aModelComesBackAsItWasPut() throws IOException {
        ModelFiles model = shipped(MODEL);
        store.put(model);
        assertThat(store.get(model.pin())).isEqualTo(model);
    }

    @Test
    void aModelThatIsPutAgainLiesThereOnce() throws IOException {
        store.put(shipped(MODEL));
        List<String> once = files();
        store.put(shipped(MODEL));
        assertThat(files()).isEqualTo(once).hasSize(2);
    }

    @Test
    void aVersionWithTheSameWeightsSharesThem() throws IOException {
        ModelFiles first = shipped(MODEL);
        ModelFiles renamed = new ModelFiles(
                first.tensors(),
                new String(first.card())
                        .replace("\"version\" : \"1\"", "\"version\" : \"7\"")
                        .getBytes());
        assertThat(renamed.pin().version()).isEqualTo("7");
        store.put(first);
        store.put(renamed);
        assertThat(files()).hasSize(3);
    }

    @Test
    void anErrorNamesTheModelAndTheFileThatIsGone() throws IOException {
        ModelFiles model = shipped(MODEL);
        assertThatThrownBy(() -> store.get(model.pin()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test@1")
                .hasMessageContaining(model.pin().cardSha256())
                .hasMessageContaining("found no such file");
    }

    @Test
    void aDamagedFileIsNoModel() throws IOException {
        ModelFiles model = shipped(MODEL);
        store.put(model);
        Path weights =
                checkpoints.resolve(ArtifactStore.FOLDER).resolve(model.pin().weightsSha256());
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> store.get(model.pin())).hasMessageContaining("The file is damaged");
    }

    @Test
    void aPartOfAFileThatACrashLeftIsReplaced() throws IOException {
        ModelFiles model = shipped(MODEL);
        Path folder = Files.createDirectories(checkpoints.resolve(ArtifactStore.FOLDER));
        Files.write(folder.resolve(model.pin().weightsSha256()), new byte[3]);
        store.put(model);
        assertThat(store.get(model.pin())).isEqualTo(model);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(checkpoints.resolve(ArtifactStore.FOLDER))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static ModelFiles shipped(EnhancementModel model) {
        ArtifactFiles files = ModelArtifact.write(model.as(new ModelId("test", "1")), Provenance.unknown());
        return new ModelFiles(files.safetensors(), files.card());
    }
}

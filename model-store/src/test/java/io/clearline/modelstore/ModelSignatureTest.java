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
package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("jdk")
class ModelSignatureTest {
    private static final KeyPair SIGNER = ModelSignature.newKeys();
    private static final KeyPair STRANGER = ModelSignature.newKeys();

    @TempDir
    private Path folder;

    @BeforeEach
    void takeTheLiveModel() throws IOException {
        Path live = CommittedText.home().resolve("model-store/models/live-16k/1");
        ArtifactFiles.readFrom(live).writeTo(folder);
    }

    @Test
    void aSignedModelPassesWithTheSignersKey() throws IOException {
        ModelSignature.sign(folder, ModelSignature.privateKey(ModelSignature.toPem(SIGNER.getPrivate())));
        require(ModelSignature.publicKey(ModelSignature.toPem(SIGNER.getPublic())));
    }

    @Test
    void aModelWithoutASignatureIsRefused() {
        assertThatThrownBy(() -> require(SIGNER.getPublic()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the model is not signed");
    }

    @Test
    void aSignatureOfAnotherKeyIsRefused() throws IOException {
        ModelSignature.sign(folder, STRANGER.getPrivate());
        assertThatThrownBy(() -> require(SIGNER.getPublic()))
                .hasMessageContaining("the signature is not that of the configured key over this card")
                .hasMessageContaining("signed by someone else");
    }

    @Test
    void aCardThatWasChangedAfterwardsIsRefused() throws IOException {
        ModelSignature.sign(folder, SIGNER.getPrivate());
        Path card = folder.resolve(ArtifactFiles.CARD);
        Files.writeString(card, Files.readString(card).replaceFirst("\\{", "{ "));
        assertThatThrownBy(() -> require(SIGNER.getPublic())).hasMessageContaining("changed after it was signed");
    }

    @Test
    void aMalformedSignatureIsRefused() throws IOException {
        Files.write(folder.resolve(ModelSignature.FILE), new byte[64]);
        assertThatThrownBy(() -> require(SIGNER.getPublic())).hasMessageContaining("the signature is not that");
        Files.write(folder.resolve(ModelSignature.FILE), new byte[3]);
        assertThatThrownBy(() -> require(SIGNER.getPublic())).hasMessageContaining("the signature is not that");
    }

    @Test
    void replacedWeightsAreRefusedByTheChecksumInTheCard() throws IOException {
        ModelSignature.sign(folder, SIGNER.getPrivate());
        byte[] weights = Files.readAllBytes(folder.resolve(ArtifactFiles.WEIGHTS));
        weights[weights.length - 1] ^= 1;
        Files.write(folder.resolve(ArtifactFiles.WEIGHTS), weights);
        require(SIGNER.getPublic());
        assertThatThrownBy(() -> ModelArtifact.read(folder)).hasMessageContaining("SHA-256");
    }

    @Test
    void anInvalidKeyIsRefusedAndNotQuoted() {
        assertThatThrownBy(() -> ModelSignature.privateKey("swordfish"))
                .hasMessageContaining("Expected a PEM file")
                .hasMessageNotContaining("swordfish");
        assertThat(ModelSignature.toPem(SIGNER.getPublic())).startsWith("-----BEGIN PUBLIC KEY-----\n");
    }

    private void require(PublicKey key) throws IOException {
        ModelSignature.require(folder, Files.readAllBytes(folder.resolve(ArtifactFiles.CARD)), key);
    }
}

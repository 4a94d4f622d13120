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
package io.clearline.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.job.model.ArtifactStore;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.ModelSignature;
import io.clearline.modelstore.Provenance;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetcherTest {
    private static final KeyPair SIGNER = ModelSignature.newKeys();
    private static final String KEY = ModelSignature.toPem(SIGNER.getPublic());

    private static final long ANNOUNCED_MICROS = 77;

    @TempDir
    private Path root;

    private ModelArtifact model;
    private Path folder;

    @BeforeEach
    void publish() throws IOException {
        ModelRepository repository = new ModelRepository(root);
        model = repository.publish(TestModels.bandModel(new StftSpec(512, 256)), Provenance.unknown());
        folder = repository.folder(model.card().id());
    }

    @Test
    void anAnnouncedModelIsFetched() throws IOException {
        assertThat(verified(announcement(), null).bytes().pin().weightsSha256()).isEqualTo(model.sha256());
    }

    @Test
    void inAReplayAnAnnouncementWithoutACaptureTimeAppliesFromItsOwnTimeOn() {
        assertThat(verified(announcement(), null).fromAnnouncement().fromMicros())
                .isEqualTo(ANNOUNCED_MICROS);
        ModelAnnouncement timed = announcement();
        timed.setFromCaptureTimeMicros(5);
        assertThat(verified(timed, null).fromAnnouncement().fromMicros()).isEqualTo(5);
    }

    @Test
    void withAStoreTheBytesStayThereAndTheNameTravels() throws IOException {
        ArtifactStore store =
                ArtifactStore.beside(root.resolve("checkpoints").toUri().toString());
        ModelUpdate.Verified update = (ModelUpdate.Verified) new ModelFetcher(List.of("live"), null, store, null)
                .fetch(announced(WireCodec.modelAnnouncement().encode(announcement())))
                .orElseThrow();
        assertThat(update.bytes()).isNull();
        assertThat(store.get(update.pin()).unpack().id()).isEqualTo(model.card().id());
    }

    @Test
    void aWithdrawnChannelGoesOnAsItIs() {
        assertThat(new ModelFetcher(List.of("live"), null, null, null).fetch(announced(new byte[0])))
                .isEmpty();
    }

    @Test
    void anotherChannelIsLeftAlone() {
        ModelAnnouncement other = announcement();
        other.setChannel("test");
        byte[] value = WireCodec.modelAnnouncement().encode(other);
        assertThat(new ModelFetcher(List.of("live"), null, null, null).fetch(announced(value)))
                .isEmpty();
    }

    @Test
    void aModelOfAnotherChecksumIsRefused() {
        ModelAnnouncement wrong = announcement();
        wrong.setSha256("0".repeat(64));
        assertThat(refusal(wrong, null)).contains("announced SHA-256 000");
    }

    @Test
    void aModelOfAnotherNameIsRefused() {
        ModelAnnouncement wrong = announcement();
        wrong.setModelVersion("77");
        assertThat(refusal(wrong, null)).contains("Announce the model that is there");
    }

    @Test
    void withAKeyAModelWithoutItsSignatureIsRefused() {
        assertThat(refusal(announcement(), KEY)).contains("the model is not signed");
    }

    @Test
    void withAKeyAModelOfAnotherSignerIsRefused() throws IOException {
        ModelSignature.sign(folder, ModelSignature.newKeys().getPrivate());
        assertThat(refusal(announcement(), KEY)).contains("the signature is not that of the configured key");
    }

    @Test
    void withAKeyASignedModelIsFetched() throws IOException {
        ModelSignature.sign(folder, SIGNER.getPrivate());
        assertThat(verified(announcement(), KEY).bytes()).isNotNull();
    }

    @Test
    void brokenFilesAreRefused() throws IOException {
        Files.writeString(folder.resolve("card.json"), "{}");
        assertThat(refusal(announcement(), null)).contains("card.json");
    }

    @Test
    void whateverTheAddressSaysTheJobGoesOn() throws IOException {
        for (String address :
                List.of("", "live", "file:/nowhere", "http://localhost/a", "file:/dev/zero", "a b", "file:/\0")) {
            ModelAnnouncement wrong = announcement();
            wrong.setUri(address);
            assertThat(refusal(wrong, null)).as(address).isNotEmpty();
        }
    }

    @Test
    void aNameWithoutEndIsCutBeforeItTravels() throws IOException {
        ModelAnnouncement wrong = announcement();
        wrong.setModelName("x".repeat(100_000));
        wrong.setUri("y".repeat(100_000));
        DataOutputSerializer out = new DataOutputSerializer(64);
        ModelUpdateSerializer.INSTANCE.serialize(fetched(wrong, null), out);
        assertThat(out.length()).isLessThan(5000);
    }

    @Test
    void bytesThatAreNoAnnouncementAreRefused() {
        assertThat(refusal(new byte[] {1, 2, 3}, null)).contains("can't be decoded");
    }

    private ModelAnnouncement announcement() {
        return new ModelAnnouncement(
                "live",
                model.card().name(),
                model.card().version(),
                folder.toUri().toString(),
                model.sha256(),
                0L);
    }

    private static ModelUpdate fetched(ModelAnnouncement announcement, String key) {
        return fetched(WireCodec.modelAnnouncement().encode(announcement), key);
    }

    private static ModelUpdate fetched(byte[] value, String key) {
        return new ModelFetcher(List.of("live"), key, null, null)
                .fetch(announced(value))
                .orElseThrow();
    }

    private static Announcement announced(byte[] value) {
        return new Announcement(value, 0, ANNOUNCED_MICROS);
    }

    private static ModelUpdate.Verified verified(ModelAnnouncement announcement, String key) {
        return (ModelUpdate.Verified) fetched(announcement, key);
    }

    private static String refusal(ModelAnnouncement announcement, String key) {
        return ((ModelUpdate.Refused) fetched(announcement, key)).reason();
    }

    private static String refusal(byte[] value, String key) {
        return ((ModelUpdate.Refused) fetched(value, key)).reason();
    }
}

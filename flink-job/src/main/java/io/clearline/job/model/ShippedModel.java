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

import io.clearline.dsp.Sha256;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelSignature;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model as the job carries it: the bytes of its artifact, so that every machine computes with the very file that was
 * checked where the job was submitted.
 *
 * <p>The subtasks of a process share one instance of a model, its bytes and what was built of them: an artifact is
 * parsed once where the job is submitted and once in each process that runs it. Thread-safe; the arrays are only read.
 */
public final class ShippedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The models of this process while anybody uses them. */
    private static final Map<String, WeakReference<ShippedModel>> SHARED = new ConcurrentHashMap<>();

    private final byte[] tensors;
    private final byte[] card;

    private transient String cardSha256;
    private transient EnhancementModel model;
    private transient ModelPin pin;

    /**
     * Keeps both files; nothing is checked before the model is asked for.
     *
     * @param tensors the safetensors file
     * @param card the JSON card
     */
    public ShippedModel(byte[] tensors, byte[] card) {
        this.tensors = tensors;
        this.card = card;
    }

    /**
     * The artifact in a folder of a repository.
     *
     * @throws IOException when there is none that can run
     */
    public static ShippedModel read(Path folder) throws IOException {
        ArtifactFiles files = ArtifactFiles.readFrom(folder);
        ShippedModel model = new ShippedModel(files.safetensors(), files.card()).shared();
        model.unpack(() -> ModelArtifact.read(files, folder));
        return model;
    }

    /**
     * As {@link #read(Path)}, and checks who signed it.
     *
     * @param publicKey PEM; null: no signature is asked for
     * @throws IOException when the signature is missing or wrong
     */
    public static ShippedModel read(Path folder, String publicKey) throws IOException {
        ShippedModel model = read(folder);
        if (publicKey != null) {
            ModelSignature.require(folder, model.card, ModelSignature.publicKey(publicKey));
        }
        return model;
    }

    /** The safetensors file, to be read only. */
    public byte[] tensors() {
        return tensors;
    }

    /** The JSON card, to be read only. */
    public byte[] card() {
        return card;
    }

    /**
     * The model that the bytes hold. Checks them the first time.
     *
     * @throws IOException when they are not an artifact that can run
     */
    public EnhancementModel unpack() throws IOException {
        return unpack(() -> ModelArtifact.read(tensors, card));
    }

    /** How the bytes become an artifact. */
    private interface Reader {
        ModelArtifact read() throws IOException;
    }

    private synchronized EnhancementModel unpack(Reader reader) throws IOException {
        if (model == null) {
            ModelArtifact artifact = reader.read();
            pin = new ModelPin(
                    artifact.card().name(),
                    artifact.card().version(),
                    artifact.card().sampleRateHz(),
                    artifact.sha256(),
                    cardSha256());
            model = artifact.model();
        }
        return model;
    }

    /**
     * What names this model where its bytes are not.
     *
     * @throws IOException when the bytes are not an artifact that can run
     */
    public synchronized ModelPin pin() throws IOException {
        unpack();
        return pin;
    }

    private synchronized String cardSha256() {
        if (cardSha256 == null) {
            cardSha256 = Sha256.of(card);
        }
        return cardSha256;
    }

    /** The instance that this process shares; this one, unless there is one of the same bytes. */
    public ShippedModel shared() {
        SHARED.values().removeIf(reference -> reference.get() == null);
        return SHARED.compute(cardSha256(), (key, known) -> {
                    ShippedModel other = known == null ? null : known.get();
                    return other != null && other.equals(this) ? known : new WeakReference<>(this);
                })
                .get();
    }

    /** A model that comes with the plan of the job joins those of its process. */
    private Object readResolve() {
        return shared();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShippedModel that
                && Arrays.equals(card, that.card)
                && Arrays.equals(tensors, that.tensors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(card);
    }
}

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
 * The files of a model as they travel with the job, so that every machine runs exactly the files that were checked when
 * the job was submitted.
 *
 * <p>The subtasks of a process share one instance of a model, including what was built from its files. A model is
 * therefore parsed once at submission and once in each process that runs it. Thread-safe; the arrays must not be
 * changed.
 */
public final class ModelFiles implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The models of this process by the SHA-256 of their card, as long as they are in use. */
    private static final Map<String, WeakReference<ModelFiles>> SHARED = new ConcurrentHashMap<>();

    private final byte[] tensors;
    private final byte[] card;

    private transient String cardSha256;
    /** Null until the files are parsed. */
    private transient EnhancementModel model;
    /** Null until the files are parsed. */
    private transient ModelPin pin;

    /**
     * Wraps the files of a model, which are not checked before {@link #unpack}.
     *
     * @param tensors contents of the safetensors file
     * @param card contents of the JSON card
     */
    public ModelFiles(byte[] tensors, byte[] card) {
        this.tensors = tensors;
        this.card = card;
    }

    /**
     * Reads and parses the artifact in a folder of a repository.
     *
     * @throws IOException if there is no artifact that can run
     */
    public static ModelFiles read(Path folder) throws IOException {
        ArtifactFiles files = ArtifactFiles.readFrom(folder);
        ModelFiles model = new ModelFiles(files.safetensors(), files.card()).shared();
        model.unpack(() -> ModelArtifact.read(files, folder));
        return model;
    }

    /**
     * Reads an artifact like {@link #read(Path)} and verifies its signature.
     *
     * @param publicKey Ed25519 public key as PEM; null to accept unsigned models
     * @throws IOException if there is no artifact that can run, or the signature is missing or invalid
     */
    public static ModelFiles read(Path folder, String publicKey) throws IOException {
        ModelFiles model = read(folder);
        if (publicKey != null) {
            ModelSignature.require(folder, model.card, ModelSignature.publicKey(publicKey));
        }
        return model;
    }

    /** Returns the contents of the safetensors file, which must not be changed. */
    public byte[] tensors() {
        return tensors;
    }

    /** Returns the contents of the JSON card, which must not be changed. */
    public byte[] card() {
        return card;
    }

    /**
     * Returns the model in the files, which are parsed and checked at the first call.
     *
     * @throws IOException if the files are not an artifact that can run
     */
    public EnhancementModel unpack() throws IOException {
        return unpack(() -> ModelArtifact.read(tensors, card));
    }

    /** Parses the artifact. */
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
     * Returns the pin of the model.
     *
     * @throws IOException if the files are not an artifact that can run
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

    /** Returns the shared instance of this process: an earlier one with the same files, or else this one. */
    public ModelFiles shared() {
        SHARED.values().removeIf(reference -> reference.get() == null);
        return SHARED.compute(cardSha256(), (key, known) -> {
                    ModelFiles other = known == null ? null : known.get();
                    return other != null && other.equals(this) ? known : new WeakReference<>(this);
                })
                .get();
    }

    /** Replaces an instance that arrives with the job's plan by the shared one. */
    private Object readResolve() {
        return shared();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelFiles that
                && Arrays.equals(card, that.card)
                && Arrays.equals(tensors, that.tensors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(card);
    }
}

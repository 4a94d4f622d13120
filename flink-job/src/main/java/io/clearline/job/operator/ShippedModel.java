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

import io.clearline.inference.model.EnhancementModel;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelSignature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * A model as the job carries it: the bytes of its artifact, so that every machine computes with the very file that was
 * checked where the job was submitted.
 *
 * @param tensors the safetensors file
 * @param card the JSON card
 */
public record ShippedModel(byte[] tensors, byte[] card) implements Serializable {
    /** The artifact in a folder of a repository. */
    public static ShippedModel read(Path folder) throws IOException {
        ArtifactFiles files = ArtifactFiles.readFrom(folder);
        return new ShippedModel(files.safetensors(), files.card());
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

    /**
     * Checks the bytes and builds the model.
     *
     * @throws IOException when they are not an artifact that can run
     */
    public EnhancementModel unpack() throws IOException {
        return ModelArtifact.read(tensors, card).model();
    }

    /** One array with both files, for operator state. */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(tensors.length + card.length + 8);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(tensors.length);
        out.write(tensors);
        out.writeInt(card.length);
        out.write(card);
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote. */
    static ShippedModel fromBytes(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        byte[] tensors = in.readNBytes(in.readInt());
        return new ShippedModel(tensors, in.readNBytes(in.readInt()));
    }
}

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

import io.clearline.job.model.ModelFiles;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the files of models in a checkpoint, for jobs without a store beside their checkpoints.
 *
 * <p>Version 1 consists of version, length and bytes of the weights, and length and bytes of the card.
 */
public final class ShippedModelSerializer extends ImmutableSerializer<ModelFiles> {
    private static final long serialVersionUID = 1L;

    /** The version that is written. All versions from 1 on can be read. */
    static final int VERSION = 1;

    public static final ShippedModelSerializer INSTANCE = new ShippedModelSerializer();

    @Override
    public ModelFiles createInstance() {
        return new ModelFiles(new byte[0], new byte[0]);
    }

    @Override
    public void serialize(ModelFiles model, DataOutputView target) throws IOException {
        target.writeInt(VERSION);
        ModelBytes.writeModel(model, target);
    }

    @Override
    public ModelFiles deserialize(DataInputView source) throws IOException {
        int version = source.readInt();
        if (version != VERSION) {
            throw new IOException("Expected the bytes of a model in version 1 to " + VERSION + ", found version "
                    + version + ". Restore with the version of Clearline that wrote the checkpoint, or a later one.");
        }
        return ModelBytes.readModel(source);
    }

    @Override
    public TypeSerializerSnapshot<ModelFiles> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. Versions are stored with every model. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelFiles> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

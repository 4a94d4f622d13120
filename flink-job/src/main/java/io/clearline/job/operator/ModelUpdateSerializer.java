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

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes model updates on their way to the subtasks. The format has no version. */
public final class ModelUpdateSerializer extends TypeSerializerSingleton<ModelUpdate> {
    private static final long serialVersionUID = 1L;

    public static final ModelUpdateSerializer INSTANCE = new ModelUpdateSerializer();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public ModelUpdate createInstance() {
        return ModelUpdate.none();
    }

    @Override
    public ModelUpdate copy(ModelUpdate from) {
        return from;
    }

    @Override
    public ModelUpdate copy(ModelUpdate from, ModelUpdate reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(ModelUpdate update, DataOutputView target) throws IOException {
        if (update instanceof ModelUpdate.Verified verified) {
            target.writeBoolean(true);
            ModelBytes.writePin(verified.pin(), target);
            ModelBytes.writeModel(verified.bytes(), target);
            target.writeLong(verified.fromMicros());
            target.writeLong(verified.announcedMicros());
        } else if (update instanceof ModelUpdate.Refused refused) {
            target.writeBoolean(false);
            target.writeUTF(refused.name());
            target.writeUTF(refused.reason());
        }
    }

    @Override
    public ModelUpdate deserialize(DataInputView source) throws IOException {
        return source.readBoolean()
                ? new ModelUpdate.Verified(
                        ModelBytes.readPin(source), ModelBytes.readModel(source), source.readLong(), source.readLong())
                : new ModelUpdate.Refused(source.readUTF(), source.readUTF());
    }

    @Override
    public ModelUpdate deserialize(ModelUpdate reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<ModelUpdate> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelUpdate> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

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

/** Models on their way to the subtasks. */
public final class ModelUpdateSerializer extends TypeSerializerSingleton<ModelUpdate> {
    private static final long serialVersionUID = 1L;

    public static final ModelUpdateSerializer INSTANCE = new ModelUpdateSerializer();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public ModelUpdate createInstance() {
        return ModelUpdate.refused("", "");
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
        target.writeUTF(update.name());
        target.writeUTF(update.refusal());
        byte[] model = update.model() == null ? new byte[0] : update.model().toBytes();
        target.writeLong(update.fromMicros());
        target.writeInt(model.length);
        target.write(model);
    }

    @Override
    public ModelUpdate deserialize(DataInputView source) throws IOException {
        String name = source.readUTF();
        String refusal = source.readUTF();
        long fromMicros = source.readLong();
        byte[] model = new byte[source.readInt()];
        source.readFully(model);
        return new ModelUpdate(name, model.length == 0 ? null : ShippedModel.fromBytes(model), refusal, fromMicros);
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

    /** Tells a savepoint how its updates were written. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelUpdate> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

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

import io.clearline.job.model.ModelPin;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the entries of models in a checkpoint.
 *
 * <p>Version 1 consists of version, pin, capture time, time of the announcement, and folder of the store.
 */
public final class ModelEntrySerializer extends ImmutableSerializer<ModelEntry> {
    private static final long serialVersionUID = 1L;

    /** The version that is written. All versions from 1 on can be read. */
    static final int VERSION = 1;

    public static final ModelEntrySerializer INSTANCE = new ModelEntrySerializer();

    @Override
    public ModelEntry createInstance() {
        return new ModelEntry(new ModelPin("none", "0", 0, "", ""), 0, 0, "");
    }

    @Override
    public void serialize(ModelEntry entry, DataOutputView target) throws IOException {
        target.writeInt(VERSION);
        ModelBytes.writePin(entry.pin(), target);
        target.writeLong(entry.fromMicros());
        target.writeLong(entry.announcedMicros());
        target.writeUTF(entry.folder());
    }

    @Override
    public ModelEntry deserialize(DataInputView source) throws IOException {
        int version = source.readInt();
        if (version != VERSION) {
            throw new IOException("Expected the name of a model in version 1 to " + VERSION + ", found version "
                    + version + ". Restore with the version of Clearline that wrote the checkpoint, or a later one.");
        }
        return new ModelEntry(ModelBytes.readPin(source), source.readLong(), source.readLong(), source.readUTF());
    }

    @Override
    public TypeSerializerSnapshot<ModelEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. Versions are stored with every entry. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelEntry> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

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
package io.clearline.job.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes raw records. Needed only if source and decoder are not chained. */
public final class RawRecordSerializer extends MutableSerializer<RawRecord> {
    private static final long serialVersionUID = 1L;

    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    @Override
    public RawRecord createInstance() {
        return new RawRecord();
    }

    @Override
    public void serialize(RawRecord rawRecord, DataOutputView target) throws IOException {
        target.writeUTF(rawRecord.topic);
        target.writeInt(rawRecord.partition);
        target.writeLong(rawRecord.offset);
        Bytes.writeNullable(rawRecord.key, target);
        Bytes.writeNullable(rawRecord.value, target);
    }

    @Override
    protected void read(RawRecord reuse, DataInputView source) throws IOException {
        reuse.set(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                Bytes.readNullable(source),
                Bytes.readNullable(source));
    }

    @Override
    protected void copyInto(RawRecord from, RawRecord to) {
        to.set(from.topic, from.partition, from.offset, from.key, from.value);
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

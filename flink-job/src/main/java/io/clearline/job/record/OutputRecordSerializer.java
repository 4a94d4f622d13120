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

/** Serializes output records. Flink may also store them in the state of a sink. */
public final class OutputRecordSerializer extends MutableSerializer<OutputRecord> {
    private static final long serialVersionUID = 1L;

    public static final OutputRecordSerializer INSTANCE = new OutputRecordSerializer();

    @Override
    public OutputRecord createInstance() {
        return new OutputRecord();
    }

    @Override
    public void serialize(OutputRecord output, DataOutputView target) throws IOException {
        target.writeUTF(output.topic);
        Bytes.writeNullable(output.key, target);
        Bytes.writeNullable(output.value, target);
    }

    @Override
    protected void read(OutputRecord reuse, DataInputView source) throws IOException {
        reuse.topic = source.readUTF();
        reuse.key = Bytes.readNullable(source);
        reuse.value = Bytes.readNullable(source);
    }

    @Override
    protected void copyInto(OutputRecord from, OutputRecord to) {
        to.topic = from.topic;
        to.key = from.key == null ? null : from.key.clone();
        to.value = from.value == null ? null : from.value.clone();
    }

    @Override
    public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

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
package io.clearline.job.source;

import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Serializes the splits of a source for checkpoints.
 *
 * <p>Version 100 consists of the topic's id, the connector's version, and the length and bytes of the split as the
 * connector writes it. The connector's own versions, below 100, are read unchanged and contain no topic id.
 */
final class TopicSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    /** Higher than any version that the connector may ever have. */
    static final int VERSION = 100;

    private static final int INITIAL_BYTES = 128;

    private final SimpleVersionedSerializer<KafkaPartitionSplit> connector;

    TopicSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> connector) {
        this.connector = connector;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
        out.writeUTF(split instanceof TopicSplit known ? known.topicId() : "");
        byte[] plain = connector.serialize(split);
        out.writeInt(connector.getVersion());
        out.writeInt(plain.length);
        out.write(plain);
        return out.getCopyOfBuffer();
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < VERSION) {
            return connector.deserialize(version, serialized);
        }
        if (version > VERSION) {
            throw new IOException("Expected a split in version " + VERSION + " or below, found version " + version
                    + ". Restore with the version of Clearline that wrote the checkpoint, or a later one.");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String topicId = in.readUTF();
        int plainVersion = in.readInt();
        byte[] plain = new byte[in.readInt()];
        in.readFully(plain);
        return new TopicSplit(connector.deserialize(plainVersion, plain), topicId);
    }
}

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
package io.clearline.kafka;

import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads and decodes the committed records of all partitions of a topic, from the beginning. Thread-confined.
 *
 * @param <T> the Avro record in the topic's values
 */
public final class TopicReader<T extends SpecificRecordBase> implements AutoCloseable {
    private final String topic;
    private final WireCodec<T> codec;
    private final RecordReader records;

    /**
     * Connects and starts at the beginning of the topic.
     *
     * @param settings settings of the Kafka client, for example for security; may be empty
     * @throws IOException if Kafka does not let this client read the topic
     */
    public TopicReader(String bootstrapServers, String topic, WireCodec<T> codec, Properties settings)
            throws IOException {
        this.topic = topic;
        this.codec = codec;
        records = new RecordReader(bootstrapServers, topic, settings);
    }

    /**
     * Waits for records and decodes them.
     *
     * @param atMost the longest time to wait if there are none
     * @return the new records, those of a partition in order; may be empty
     * @throws IOException if a record cannot be decoded, or Kafka no longer lets this client read the topic
     */
    public List<T> poll(Duration atMost) throws IOException {
        List<T> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : records.poll(atMost)) {
            try {
                messages.add(codec.decode(each.value(), null));
            } catch (WireFormatException e) {
                throw new IOException(
                        topic + " partition " + each.partition() + " offset " + each.offset() + ": " + e.getMessage(),
                        e);
            }
        }
        return messages;
    }

    /** Returns whether every record that is in the topic now has been read. */
    public boolean isAtEnd() {
        return records.isAtEnd();
    }

    /** Skips the records that are in the topic now. */
    public void skipToEnd() {
        records.skipToEnd();
    }

    @Override
    public void close() {
        records.close();
    }
}

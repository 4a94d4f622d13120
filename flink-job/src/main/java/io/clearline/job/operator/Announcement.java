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

import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the topic of models, undecoded. The array must not be changed.
 *
 * @param value an encoded {@code ModelAnnouncement}, unless it is invalid; empty for a tombstone, which withdraws a
 *     channel
 * @param offset offset of the record in its partition
 * @param announcedMicros timestamp of the record in microseconds; 0 if it has none
 */
public record Announcement(byte[] value, long offset, long announcedMicros) {
    private static final long MICROS_PER_MILLI = 1000;

    /** Returns the announcement in a consumed record. */
    public static Announcement of(ConsumerRecord<byte[], byte[]> consumed) {
        return new Announcement(
                Objects.requireNonNullElse(consumed.value(), new byte[0]),
                consumed.offset(),
                MICROS_PER_MILLI * Math.max(0, consumed.timestamp()));
    }

    /** Reads announcements from Kafka without decoding them, so that an invalid one does not fail the job. */
    public static final class Deserializer implements KafkaRecordDeserializationSchema<Announcement> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<Announcement> out) {
            out.collect(of(consumed));
        }

        @Override
        public TypeInformation<Announcement> getProducedType() {
            return RecordTypes.ANNOUNCEMENT;
        }
    }
}

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

import io.clearline.job.record.RawRecord;
import io.clearline.job.record.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Passes Kafka records on without decoding them. Decoding is left to {@link FrameDecoder}, which has a side output for
 * records that can't be decoded.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    /** Reused for each record; the job enables object reuse. */
    private transient RawRecord incoming;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> source, Collector<RawRecord> out) {
        if (incoming == null) {
            incoming = new RawRecord();
        }
        incoming.set(source.topic(), source.partition(), source.offset(), source.key(), source.value());
        out.collect(incoming);
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RecordType.RAW;
    }
}

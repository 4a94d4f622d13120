package io.clearline.job.source;

import io.clearline.job.record.RawRecord;
import io.clearline.job.record.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands Kafka records on as they are: a record that can't be decoded must reach the decoder, where it has a way to the dead letters. */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    /** Refilled for each record; the job reuses objects. */
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

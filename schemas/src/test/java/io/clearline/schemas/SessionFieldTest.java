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
package io.clearline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The field {@code session} was added to the records on 26 November 2026. Records without it must remain readable, and
 * readers without it must be able to read new records.
 */
class SessionFieldTest {
    /** Length of the marker and the fingerprint before a record. */
    private static final int HEADER_BYTES = 10;

    static Stream<SpecificRecordBase> records() {
        AudioFrame frame = Records.audioFrame();
        frame.setAttributes(Map.of("queue", "sales"));
        return Stream.of(frame, Records.enhancedFrame(), Records.sdrEstimate(), Records.streamEvent());
    }

    @Test
    void aFrameThatWasWrittenWithoutASessionHasTheEmptyOne() throws Exception {
        Schema without = beforeSessions(AudioFrame.getClassSchema());
        GenericRecord old = new GenericData.Record(without);
        AudioFrame frame = Records.audioFrame();
        for (Schema.Field field : without.getFields()) {
            Object value = frame.get(field.name());
            old.put(field.name(), value instanceof Enum<?> ? new GenericData.EnumSymbol(field.schema(), value) : value);
        }
        byte[] bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), without)
                .encode(old)
                .array();

        frame.setSession("");
        assertThat(WireCodec.audioFrame().decode(bytes, null)).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aReaderThatKnowsNoSessionReadsAllElse(SpecificRecordBase today) throws Exception {
        Schema without = beforeSessions(today.getSchema());
        ByteBuffer bytes = ByteBuffer.wrap(encoded(today));
        GenericRecord read = new GenericDatumReader<GenericRecord>(today.getSchema(), without)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(bytes.array(), HEADER_BYTES, bytes.capacity() - HEADER_BYTES, null));
        for (Schema.Field field : without.getFields()) {
            assertThat(read.get(field.name())).asString().isEqualTo(String.valueOf(today.get(field.name())));
        }
    }

    private static byte[] encoded(SpecificRecordBase record) {
        if (record instanceof AudioFrame frame) {
            return WireCodec.audioFrame().encode(frame);
        }
        if (record instanceof EnhancedFrame frame) {
            return WireCodec.enhancedFrame().encode(frame);
        }
        return record instanceof SdrEstimate estimate
                ? WireCodec.sdrEstimate().encode(estimate)
                : WireCodec.streamEvent().encode((StreamEvent) record);
    }

    private static Schema beforeSessions(Schema today) {
        List<Schema> without = SchemaHistory.of(today.getName()).stream()
                .filter(version -> version.getField("session") == null)
                .toList();
        return without.get(without.size() - 1);
    }
}

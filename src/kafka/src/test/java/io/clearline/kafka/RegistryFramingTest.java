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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import io.clearline.testkit.FakeSchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in the framing of a schema registry that speaks Confluent's HTTP interface. */
class RegistryFramingTest {
    private static final String RAW = Topics.DEFAULT.rawFrames();

    private FakeSchemaRegistry registry;
    private WireCodec<AudioFrame> codec;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeSchemaRegistry();
        codec = WireCodec.audioFrame().withRegistry(new HttpSchemaRegistry(registry.url()));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aRecordIsWrittenWithTheNumberOfItsSchemaAndReadAgain() throws Exception {
        WireHeaders headers = WireHeaders.registered(new HttpSchemaRegistry(registry.url()), Topics.DEFAULT);
        assertThat(registry.subjects()).contains(RAW + "-value").hasSize(7);

        byte[] framed = headers.framed(RAW, codec.encode(frame()));
        assertThat(framed[0]).isZero();
        String schema = registry.schema(ByteBuffer.wrap(framed).getInt(1));
        assertThat(new Schema.Parser().parse(schema).getName()).isEqualTo("AudioFrame");
        assertThat(schema).doesNotContain("avro.java.string");
        assertThat(codec.decode(framed, null)).isEqualTo(frame());
    }

    @Test
    void bothFramingsAreRead() throws Exception {
        WireHeaders headers = WireHeaders.registered(new HttpSchemaRegistry(registry.url()), Topics.DEFAULT);
        byte[] singleObject = codec.encode(frame());
        for (int i = 0; i < 3; i++) {
            assertThat(codec.decode(singleObject, null)).isEqualTo(frame());
            assertThat(codec.decode(headers.framed(RAW, singleObject), null)).isEqualTo(frame());
        }
        assertThat(registry.asked().stream().filter(path -> path.startsWith("/schemas")))
                .hasSize(1);
    }

    @Test
    void aCompatibleSchemaOfAnotherProducerIsRead() throws Exception {
        Schema minimal = new Schema.Parser().parse("""
                        {"type": "record", "name": "AudioFrame", "namespace": "io.clearline.schemas", "fields": [
                          {"name": "payload", "type": "bytes"}, {"name": "sampleRateHz", "type": "int"},
                          {"name": "encoding", "type":
                            {"type": "enum", "name": "AudioEncoding", "symbols": ["PCM_S16LE", "PCMU", "PCMA"]}},
                          {"name": "captureTimeMicros", "type": "long"}, {"name": "sequence", "type": "int"},
                          {"name": "streamId", "type": "string"}]}
                        """);
        GenericData.Record written = new GenericData.Record(minimal);
        written.put("streamId", "a");
        written.put("sequence", 7);
        written.put("captureTimeMicros", 20L);
        written.put("sampleRateHz", 16_000);
        written.put(
                "encoding",
                new GenericData.EnumSymbol(minimal.getField("encoding").schema(), "PCM_S16LE"));
        written.put("payload", ByteBuffer.wrap(new byte[] {1, 2}));

        AudioFrame read = codec.decode(framed(registry.add(minimal.toString()), written), null);
        assertThat(read).isEqualTo(frame());
    }

    @Test
    void aSchemaThatTheRegistryFailsToServeKeepsNoOtherFromBeingRead() throws Exception {
        WireHeaders headers = WireHeaders.registered(new HttpSchemaRegistry(registry.url()), Topics.DEFAULT);
        byte[] readable = headers.framed(RAW, codec.encode(frame()));
        registry.failFor(4712);

        assertThatThrownBy(() -> codec.decode(RegistryBytes.of(4712, new byte[] {1}), null))
                .hasMessageContaining("answered 500 for schema 4712");
        assertThat(codec.decode(readable, null)).isEqualTo(frame());
    }

    @Test
    void anUnknownSchemaIdAndAnotherRecordAreRefusedWithTheReason() throws Exception {
        byte[] unknown = RegistryBytes.of(4711, new byte[] {1, 2, 3});
        assertRefused(unknown, DeadReason.UNKNOWN_SCHEMA, "the schema registry has no Avro schema 4711");
        assertRefused(unknown, DeadReason.UNKNOWN_SCHEMA, "no Avro schema 4711");
        assertThat(registry.asked()).hasSize(1);

        int other = registry.add(WireCodec.publishedSchema("DeadFrame").toString());
        assertRefused(RegistryBytes.of(other, new byte[] {1}), DeadReason.UNKNOWN_SCHEMA, "none that AudioFrame");
        int frames = registry.add(WireCodec.publishedSchema("AudioFrame").toString());
        assertRefused(RegistryBytes.of(frames, new byte[] {1}), DeadReason.BROKEN, "not a whole AudioFrame");
    }

    @Test
    void aRegistryThatIsDownIsNotAskedForEachRecord() {
        registry.close();
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertRefused(
                    RegistryBytes.of(i, new byte[] {1}), DeadReason.UNKNOWN_SCHEMA, "No schema registry answers at");
        }
        assertThat(System.nanoTime() - start).isLessThan(8_000_000_000L);
    }

    @Test
    void withoutARegistryTheErrorSaysHowToNameOne() {
        assertThatThrownBy(() -> WireCodec.audioFrame().decode(RegistryBytes.of(1, new byte[] {1}), null))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("clearline.wire.registry");
    }

    private void assertRefused(byte[] value, DeadReason reason, String why) {
        assertThatThrownBy(() -> codec.decode(value, null))
                .isInstanceOfSatisfying(
                        WireFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(why);
    }

    private static byte[] framed(int id, GenericData.Record record) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(body, null);
        new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
        return RegistryBytes.of(id, body.toByteArray());
    }

    private static AudioFrame frame() {
        return AudioFrame.newBuilder()
                .setStreamId("a")
                .setSequence(7)
                .setCaptureTimeMicros(20)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setPayload(ByteBuffer.wrap(new byte[] {1, 2}))
                .setAttributes(Map.of())
                .build();
    }

    /** Builds records byte by byte, as the registry's documentation specifies them. */
    private static final class RegistryBytes {
        static byte[] of(int id, byte[] body) {
            return ByteBuffer.allocate(5 + body.length)
                    .put((byte) 0)
                    .putInt(id)
                    .put(body)
                    .array();
        }
    }
}

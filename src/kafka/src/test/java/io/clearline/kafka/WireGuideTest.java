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

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.WireCodec;
import io.clearline.testkit.CommittedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Generates what programs in other languages need, and checks that the committed files are up to date: the tables of
 * the guide, one schema per record, and the AsyncAPI document.
 */
class WireGuideTest {
    private static final String MODULE = "src/kafka";
    private static final String RESOURCES = "schemas/src/main/resources/";
    private static final CommittedText GUIDE = CommittedText.at("schemas/README.md", MODULE, WireGuideTest.class);
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    /**
     * A kind of record.
     *
     * @param key description of the record's key
     * @param taken whether Clearline reads the records; otherwise it writes them
     */
    private record Kind(Schema schema, String topic, String key, boolean taken) {
        String name() {
            return schema.getName();
        }

        byte[] header() {
            ByteBuffer header = ByteBuffer.allocate(10).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            header.put((byte) 0xc3).put((byte) 1);
            return header.putLong(SchemaNormalization.parsingFingerprint64(schema))
                    .array();
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(AudioFrame.getClassSchema(), Topics.DEFAULT.rawFrames(), "stream id", true),
            new Kind(EnhancedFrame.getClassSchema(), Topics.DEFAULT.enhancedFrames(), "stream id", false),
            new Kind(SdrEstimate.getClassSchema(), Topics.DEFAULT.sdrEstimates(), "stream id", false),
            new Kind(StreamEvent.getClassSchema(), Topics.DEFAULT.events(), "stream id", false),
            new Kind(
                    DeadFrame.getClassSchema(),
                    Topics.DEFAULT.deadFrames(),
                    "key of the rejected record, truncated to 256 bytes",
                    false),
            new Kind(ModelAnnouncement.getClassSchema(), Topics.DEFAULT.models(), "channel/sample rate in Hz", true),
            new Kind(ModelEvent.getClassSchema(), Topics.DEFAULT.modelEvents(), "name@version of the model", false));

    @Test
    void theGuideNamesEveryTopicWithTheHeaderOfItsRecords() throws IOException {
        assertThat(KINDS).extracting(Kind::topic).containsExactlyInAnyOrderElementsOf(Topics.DEFAULT.all());
        StringBuilder table = new StringBuilder("| record | first ten bytes | topic | key |\n|---|---|---|---|\n");
        for (Kind kind : KINDS) {
            table.append("| `" + kind.name() + "` | `" + HEX.formatHex(kind.header()) + "` | `" + kind.topic() + "` | "
                    + kind.key() + " |\n");
        }
        GUIDE.partMustBe("headers", table.toString());
    }

    @Test
    void theGuideNamesEveryLimit() throws IOException {
        Map<String, String> limits = new java.util.LinkedHashMap<>();
        limits.put("record size in bytes", "at most " + FrameLimits.MAX_RECORD_BYTES);
        limits.put("payload size in bytes", "at most " + FrameLimits.MAX_PAYLOAD_BYTES);
        limits.put("number of channels", "1 to " + FrameLimits.MAX_CHANNELS);
        limits.put(
                "sample rate in Hz",
                Arrays.toString(FrameLimits.sampleRatesHz()).replaceAll("[\\[\\]]", ""));
        limits.put("length of the stream id in bytes", "1 to " + FrameLimits.MAX_STREAM_ID_BYTES);
        limits.put("length of the session in bytes", "at most " + FrameLimits.MAX_SESSION_BYTES);
        limits.put("sequence", "0 to " + FrameLimits.MAX_SEQUENCE + " (2^53 - 1)");
        limits.put("capture time in microseconds", "0 to " + FrameLimits.MAX_CAPTURE_TIME_MICROS + " (2^53 - 1)");
        limits.put("number of attributes", "at most " + FrameLimits.MAX_ATTRIBUTES);
        limits.put("length of an attribute's key in bytes", "1 to " + FrameLimits.MAX_ATTRIBUTE_KEY_BYTES);
        limits.put("length of an attribute's value in bytes", "at most " + FrameLimits.MAX_ATTRIBUTE_VALUE_BYTES);
        StringBuilder table = new StringBuilder("| property of a frame | allowed values |\n|---|---|\n");
        limits.forEach((what, allowed) -> table.append("| " + what + " | " + allowed + " |\n"));
        String reasons =
                Arrays.stream(DeadReason.values()).map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        GUIDE.partMustBe("limits", table + "\nReasons of dead letters: " + reasons + ".\n");
    }

    @Test
    void theGuideShowsAFrameByteByByte() throws IOException {
        AudioFrame frame = AudioFrame.newBuilder()
                .setStreamId("call-17")
                .setSequence(0)
                .setCaptureTimeMicros(1_700_000_000_000_000L)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setChannels(2)
                .setPayload(
                        ByteBuffer.wrap(new byte[] {1, 0, (byte) 0xff, (byte) 0xff, 2, 0, (byte) 0xfe, (byte) 0xff}))
                .setLastOfStream(true)
                .build();
        StringBuilder table = new StringBuilder("| bytes | field | value |\n|---|---|---|\n");
        byte[] header = KINDS.get(0).header();
        table.append("| `" + HEX.formatHex(header) + "` | header | single-object encoding of `AudioFrame` |\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(header);
        for (Schema.Field field : frame.getSchema().getFields()) {
            byte[] bytes = encoded(field.schema(), frame.get(field.pos()));
            whole.write(bytes);
            table.append("| `" + HEX.formatHex(bytes) + "` | `" + field.name() + "` | " + shown(frame.get(field.pos()))
                    + " |\n");
        }
        byte[] value = WireCodec.audioFrame().encode(frame);
        assertThat(whole.toByteArray()).isEqualTo(value);
        GUIDE.partMustBe("example", table + "\nThe record has " + value.length + " bytes in total.\n");
    }

    private static byte[] encoded(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        if (schema.getType() == Schema.Type.ENUM) {
            encoder.writeEnum(schema.getEnumOrdinal(value.toString()));
        } else {
            new GenericDatumWriter<>(schema).write(value, encoder);
        }
        return bytes.toByteArray();
    }

    private static String shown(Object value) {
        if (value instanceof ByteBuffer payload) {
            return payload.remaining() + " bytes: 1, 2 in channel 0; -1, -2 in channel 1";
        }
        return value instanceof String text && text.isEmpty() ? "empty" : String.valueOf(value);
    }

    /** Uses the newest schema of the history, since that one names no Java class. */
    @Test
    void theBuildHasAWholeSchemaOfEachRecord() throws IOException {
        StringBuilder headers = new StringBuilder("{\n");
        for (Kind kind : KINDS) {
            String newest = newest(kind.name());
            assertThat(SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(newest)))
                    .isEqualTo(SchemaNormalization.parsingFingerprint64(kind.schema()));
            committed("avsc/" + kind.name() + ".avsc").mustBe(newest);
            headers.append("  \"" + kind.name() + "\": \"" + HexFormat.of().formatHex(kind.header()) + "\"");
            headers.append(kind == KINDS.get(KINDS.size() - 1) ? "\n}\n" : ",\n");
        }
        committed("avsc/headers.json").mustBe(headers.toString());
    }

    private static String newest(String record) throws IOException {
        String newest = null;
        for (int version = 1; ; version++) {
            String resource = "/io/clearline/schemas/history/" + record + "/v" + version + ".avsc";
            try (InputStream file = AudioFrame.class.getResourceAsStream(resource)) {
                if (file == null) {
                    return newest;
                }
                newest = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void asyncApiDescribesTheTopics() throws IOException {
        StringBuilder yaml = new StringBuilder("""
                # Generated from the schemas by WireGuideTest.
                asyncapi: 3.0.0
                info:
                  title: Clearline
                  version: 1.0.0
                  description: Speech enhancement of live audio streams. See schemas/README.md for the wire format.
                defaultContentType: avro/binary
                channels:
                """);
        for (Kind kind : KINDS) {
            yaml.append("  " + id(kind) + ":\n");
            yaml.append("    address: " + kind.topic() + "\n");
            yaml.append("    messages:\n      " + kind.name() + ":\n        $ref: '#/components/messages/" + kind.name()
                    + "'\n");
        }
        yaml.append("operations:\n");
        for (Kind kind : KINDS) {
            yaml.append("  " + (kind.taken() ? "take" : "give") + kind.name() + ":\n");
            yaml.append("    action: " + (kind.taken() ? "receive" : "send") + "\n");
            yaml.append("    channel:\n      $ref: '#/channels/" + id(kind) + "'\n");
        }
        yaml.append("components:\n  messages:\n");
        for (Kind kind : KINDS) {
            yaml.append("    " + kind.name() + ":\n");
            yaml.append("      summary: " + quoted(kind.schema().getDoc()) + "\n");
            yaml.append("      bindings:\n        kafka:\n          key:\n            type: string\n           "
                    + " description: "
                    + quoted(kind.key()) + "\n");
            yaml.append("      payload:\n        schemaFormat: application/vnd.apache.avro;version=1.9.0\n");
            yaml.append("        schema:\n          $ref: ./avsc/" + kind.name() + ".avsc\n");
        }
        committed("asyncapi.yaml").mustBe(yaml.toString());
    }

    private static String id(Kind kind) {
        return kind.name().substring(0, 1).toLowerCase(Locale.ROOT)
                + kind.name().substring(1) + "s";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static CommittedText committed(String file) {
        return CommittedText.at(RESOURCES + file, MODULE, WireGuideTest.class);
    }
}

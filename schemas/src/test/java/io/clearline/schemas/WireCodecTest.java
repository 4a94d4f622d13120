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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clearline.testkit.Allocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("jdk")
class WireCodecTest {

    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();

    static Stream<Arguments> everyRecord() {
        return Stream.of(
                arguments(WireCodec::audioFrame, Records.audioFrame()),
                arguments(WireCodec::enhancedFrame, Records.enhancedFrame()),
                arguments(WireCodec::sdrEstimate, Records.sdrEstimate()),
                arguments(WireCodec::streamEvent, Records.streamEvent()),
                arguments(WireCodec::deadFrame, Records.deadFrame()),
                arguments(WireCodec::modelAnnouncement, Records.modelAnnouncement()));
    }

    private static <T extends SpecificRecordBase> Arguments arguments(Supplier<WireCodec<T>> codec, T message) {
        return Arguments.of(codec.get(), message);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    <T extends SpecificRecordBase> void decodesEveryRecordUnchanged(WireCodec<T> codec, T message) throws Exception {
        assertThat(codec.decode(codec.encode(message), null)).isEqualTo(message);
    }

    @Test
    void startsWithTheMarkerAndTheLittleEndianFingerprint() throws Exception {
        byte[] fingerprint = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", AudioFrame.getClassSchema());

        byte[] bytes = codec.encode(Records.audioFrame());

        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(Arrays.copyOfRange(bytes, 2, 10)).isEqualTo(fingerprint);
    }

    @Test
    void isCompatibleWithAvrosOwnSingleObjectEncoderAndDecoder() throws Exception {
        AudioFrame frame = Records.audioFrame();
        frame.setAttributes(Map.of("queue", "sales"));

        assertThat(codec.decode(frame.toByteBuffer().array(), null)).isEqualTo(frame);
        assertThat(new BinaryMessageDecoder<>(GenericData.get(), AudioFrame.getClassSchema())
                        .decode(codec.encode(frame)))
                .hasToString(frame.toString());
    }

    @Test
    void readsAnEarlierWriterWithTodaysDefaults() throws Exception {
        Schema early = SchemaBuilder.record("AudioFrame")
                .namespace("io.clearline.schemas")
                .fields()
                .requiredBytes("payload")
                .requiredString("aFieldThatWasGivenUp")
                .requiredString("streamId")
                .requiredLong("sequence")
                .requiredLong("captureTimeMicros")
                .requiredInt("sampleRateHz")
                .name("encoding")
                .type()
                .enumeration("AudioEncoding")
                .symbols("PCMU", "PCM_S16LE")
                .noDefault()
                .endRecord();
        Object encoding = new GenericData.EnumSymbol(early.getField("encoding").schema(), "PCM_S16LE");
        byte[] bytes = new BinaryMessageEncoder<>(GenericData.get(), early)
                .encode(new GenericRecordBuilder(early)
                        .set("payload", Records.payload(4))
                        .set("aFieldThatWasGivenUp", "x")
                        .set("streamId", "s")
                        .set("sequence", 5L)
                        .set("captureTimeMicros", 6L)
                        .set("sampleRateHz", 16000)
                        .set("encoding", encoding)
                        .build())
                .array();

        AudioFrame frame = new WireCodec<AudioFrame>(AudioFrame.getClassSchema(), List.of(early)).decode(bytes, null);

        assertThat(frame)
                .isEqualTo(new AudioFrame(
                        "s", 5L, 6L, 16000, AudioEncoding.PCM_S16LE, 1, Records.payload(4), false, Map.of(), ""));
        assertThat(reasonFor(bytes)).isEqualTo(DeadReason.UNKNOWN_SCHEMA);
    }

    @Test
    void overwritesTheRecordAndThePayloadBufferThatItMayReuse() throws Exception {
        AudioFrame longer = Records.audioFrame();
        AudioFrame shorter = Records.audioFrame();
        shorter.setPayload(Records.payload(80));
        shorter.setAttributes(Map.of());
        AudioFrame first = codec.decode(codec.encode(longer), null);
        ByteBuffer payload = first.getPayload();

        AudioFrame second = codec.decode(codec.encode(shorter), first);

        assertThat(second).isSameAs(first).isEqualTo(shorter);
        assertThat(second.getPayload()).isSameAs(payload);
        assertThat(codec.decode(codec.encode(longer), second)).isEqualTo(longer);
    }

    @Test
    void decodingIntoAReusedRecordAllocatesNothingForThePayload() throws Exception {
        AudioFrame frame = Records.audioFrame();
        frame.setPayload(Records.payload(20_000));
        byte[] bytes = codec.encode(frame);
        AudioFrame reuse = codec.decode(bytes, null);
        decodeTimes(20_000, bytes, reuse);

        long allocated = Allocation.bytesAllocatedBy(1000, () -> decodeTimes(1, bytes, reuse)) / 1000;

        assertThat(allocated).isLessThan(2_000);
    }

    @Test
    void decodesFramesOfManyStreamsWithoutNewTexts() throws Exception {
        AudioFrame frame = Records.audioFrame();
        frame.setStreamId("9b2d5c1e-0f7a-4d53-8e6b-000000000001");
        byte[] one = codec.encode(frame);
        frame.setStreamId("9b2d5c1e-0f7a-4d53-8e6b-000000000002");
        byte[] two = codec.encode(frame);

        AudioFrame decoded = codec.decode(one, null);
        String first = decoded.getStreamId();
        assertThat(codec.decode(two, decoded).getStreamId()).endsWith("2");

        assertThat(codec.decode(one, decoded).getStreamId()).isSameAs(first);
    }

    @Test
    void encodesTextsOfAllKindsAsAvroDoes() throws Exception {
        for (String text :
                List.of("", "a", "a".repeat(256), "a".repeat(257), "caf\u00e9", "\uD83C\uDF99 x", "\u0000")) {
            StreamEvent event = Records.streamEvent();
            event.setDetail(text);
            byte[] bytes = WireCodec.streamEvent().encode(event);

            assertThat(bytes).isEqualTo(avros(event));
            assertThat(WireCodec.streamEvent().decode(bytes, null)).isEqualTo(event);
        }
    }

    private static byte[] avros(StreamEvent event) throws IOException {
        ByteBuffer bytes =
                new BinaryMessageEncoder<StreamEvent>(KnownRecords.INSTANCE, event.getSchema()).encode(event);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Test
    void encodesIntoReusedArrays() {
        ExactArrays arrays = new ExactArrays();
        AudioFrame frame = Records.audioFrame();
        byte[] first = codec.encode(frame, arrays);
        assertThat(first).isEqualTo(codec.encode(frame));

        frame.setCaptureTimeMicros(frame.getCaptureTimeMicros() + 1);

        assertThat(codec.encode(frame, arrays)).isSameAs(first).isEqualTo(codec.encode(frame));
        frame.setPayload(Records.payload(80));
        assertThat(codec.encode(frame, arrays)).isNotSameAs(first).isEqualTo(codec.encode(frame));
        frame.setPayload(Records.payload(20_000));
        assertThat(codec.encode(frame, arrays)).isEqualTo(codec.encode(frame));
    }

    @Test
    void rejectsOtherEncodings() {
        assertThat(reasonFor(null)).isEqualTo(DeadReason.NOT_SINGLE_OBJECT);
        assertThat(reasonFor(new byte[0])).isEqualTo(DeadReason.NOT_SINGLE_OBJECT);
        assertThat(reasonFor(new byte[] {(byte) 0xC3, 1, 0, 0})).isEqualTo(DeadReason.NOT_SINGLE_OBJECT);
        assertThat(reasonFor("{\"streamId\": \"json\"}".getBytes())).isEqualTo(DeadReason.NOT_SINGLE_OBJECT);
        assertThat(failureFor("GET / HTTP/1.1".getBytes()))
                .hasMessageContaining("14 bytes: 47 45 54 20 2F 20 48 54 54 50");
    }

    @Test
    void anotherRecordIsAnUnknownSchema() {
        byte[] event = WireCodec.streamEvent().encode(Records.streamEvent());

        assertThat(failureFor(event)).hasMessageContaining("no version of AudioFrame has the fingerprint");
        assertThat(reasonFor(event)).isEqualTo(DeadReason.UNKNOWN_SCHEMA);
    }

    @Test
    void everyTruncationAndAnyTailIsBroken() {
        byte[] bytes = codec.encode(Records.audioFrame());

        for (int length = 10; length < bytes.length; length++) {
            assertThat(reasonFor(Arrays.copyOf(bytes, length)))
                    .as("first %d of %d bytes", length, bytes.length)
                    .isEqualTo(DeadReason.BROKEN);
        }
        assertThat(reasonFor(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(DeadReason.BROKEN);
    }

    @Test
    void goesOnAfterARecordThatItCouldNotDecode() throws Exception {
        byte[] bytes = codec.encode(Records.audioFrame());
        AudioFrame reuse = codec.decode(bytes, null);

        assertThat(reasonFor(Arrays.copyOf(bytes, 50))).isEqualTo(DeadReason.BROKEN);

        assertThat(codec.decode(bytes, reuse)).isEqualTo(Records.audioFrame());
    }

    @Test
    void goesOnAfterARecordThatItCouldNotEncode() {
        byte[] bytes = codec.encode(Records.audioFrame());
        AudioFrame incomplete = Records.audioFrame();
        incomplete.setEncoding(null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(incomplete))
                .withMessageContaining("AudioFrame.encoding");
        incomplete.setEncoding(AudioEncoding.PCMA);
        incomplete.setStreamId(null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(incomplete))
                .withMessageContaining("AudioFrame.streamId");

        assertThat(codec.encode(Records.audioFrame())).isEqualTo(bytes);
    }

    private void decodeTimes(int times, byte[] bytes, AudioFrame reuse) {
        try {
            for (int i = 0; i < times; i++) {
                codec.decode(bytes, reuse);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private DeadReason reasonFor(byte[] bytes) {
        return failureFor(bytes).reason();
    }

    private WireFormatException failureFor(byte[] bytes) {
        try {
            codec.decode(bytes, null);
        } catch (WireFormatException e) {
            return e;
        }
        throw new AssertionError("these bytes decode: " + Arrays.toString(bytes));
    }
}

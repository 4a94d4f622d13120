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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.RawRecord;
import io.clearline.job.record.RecordType;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final String DEAD_TOPIC = "clearline.frames.dead";
    private static final int MAX_LETTER_BYTES = 1 << 20;

    private OneInputStreamOperatorTestHarness<RawRecord, StreamFrame> decoder;

    @BeforeEach
    void open() throws Exception {
        decoder = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new FrameDecoder(DEAD_TOPIC, MAX_LETTER_BYTES, null)));
        decoder.setup(RecordType.FRAME.createSerializer(null));
        decoder.open();
    }

    @AfterEach
    void close() throws Exception {
        decoder.close();
    }

    @Test
    void aFrameUnderItsStreamIdComesOut() throws Exception {
        decode(bytes("call-1"), WireCodec.audioFrame().encode(frame("call-1")));

        assertThat(decoder.extractOutputValues()).singleElement().satisfies(frame -> {
            assertThat(frame.streamId).isEqualTo("call-1");
            assertThat(frame.payloadLength).isEqualTo(640);
        });
        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1 << 20, (1 << 20) + 1, 2 << 20, 64 << 20})
    void aDeadLetterFitsHoweverLargeTheRecordIs(int size) throws Exception {
        byte[] value = new byte[size];
        new Random(size).nextBytes(value);

        decode(bytes("poison"), value);

        OutputRecord sent = onlyRecord();
        assertThat(AbstractRecords.estimateSizeInBytesUpperBound(
                        RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, sent.key, sent.value, new Header[0]))
                .isLessThanOrEqualTo(MAX_LETTER_BYTES);
        DeadFrame letter = letters().get(0);
        int kept = Math.min(size, MAX_LETTER_BYTES - DeadLetters.OVERHEAD_BYTES);
        assertThat(letter.getReason()).isEqualTo(DeadReason.RECORD_TOO_LARGE);
        assertThat(letter.getSize()).isEqualTo(size);
        assertThat(letter.getTruncated()).isEqualTo(kept < size);
        assertThat(letter.getSha256()).isEqualTo(sha256(value));
        assertThat(letter.getBytes()).isEqualTo(ByteBuffer.wrap(value, 0, kept));
    }

    @Test
    void aHugeKeyIsCutToTheLengthOfAStreamId() throws Exception {
        byte[] key = new byte[3 << 20];
        Arrays.fill(key, (byte) 'k');

        decode(key, bytes("hello"));

        assertThat(onlyRecord().key).hasSize(DeadLetters.MAX_KEY_BYTES);
        assertThat(letters().get(0).getKeySize()).isEqualTo(key.length);
    }

    @Test
    void theDetailOfAFrameWithAHugeKeyIsShort() throws Exception {
        byte[] key = new byte[3 << 20];
        Arrays.fill(key, (byte) 'k');

        decode(key, WireCodec.audioFrame().encode(frame("call-1")));

        DeadFrame letter = letters().get(0);
        assertThat(letter.getReason()).isEqualTo(DeadReason.KEY_MISMATCH);
        assertThat(letter.getDetail()).hasSizeLessThan(1000);
        assertThat(onlyRecord().value).hasSizeLessThan(5000);
    }

    @Test
    void aFrameWithoutAKeyIsADeadLetter() throws Exception {
        decode(null, WireCodec.audioFrame().encode(frame("call-1")));

        assertThat(decoder.extractOutputValues()).isEmpty();
        assertThat(onlyRecord().key).isNull();
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadReason.NO_KEY);
            assertThat(letter.getKeySize()).isEqualTo(-1);
        });
    }

    @Test
    void aFrameUnderAnotherKeyIsADeadLetter() throws Exception {
        decode(bytes("call-2"), WireCodec.audioFrame().encode(frame("call-1")));

        assertThat(decoder.extractOutputValues()).isEmpty();
        assertThat(letters()).extracting(DeadFrame::getReason).containsExactly(DeadReason.KEY_MISMATCH);
    }

    @Test
    void aTombstoneIsIgnored() throws Exception {
        decode(bytes("call-1"), null);
        decode(null, null);

        assertThat(decoder.extractOutputValues()).isEmpty();
        assertThat(letters()).isEmpty();
    }

    @Test
    void anEmptyValueIsADeadLetterWithoutBytes() throws Exception {
        decode(bytes("call-1"), new byte[0]);

        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadReason.NOT_SINGLE_OBJECT);
            assertThat(letter.getSize()).isZero();
            assertThat(letter.getTruncated()).isFalse();
        });
    }

    private void decode(byte[] key, byte[] value) throws Exception {
        RawRecord rawRecord = new RawRecord();
        rawRecord.set("clearline.frames.raw", 1, 42, key, value);
        decoder.processElement(new StreamRecord<>(rawRecord));
    }

    private OutputRecord onlyRecord() {
        return decoder.getSideOutput(FrameDecoder.DEAD).iterator().next().getValue();
    }

    private List<DeadFrame> letters() throws Exception {
        var sent = decoder.getSideOutput(FrameDecoder.DEAD);
        if (sent == null) {
            return List.of();
        }
        List<DeadFrame> letters = new ArrayList<>();
        for (StreamRecord<OutputRecord> each : sent) {
            assertThat(each.getValue().topic).isEqualTo(DEAD_TOPIC);
            letters.add(WireCodec.deadFrame().decode(each.getValue().value, null));
        }
        return letters;
    }

    private static AudioFrame frame(String streamId) {
        return new AudioFrame(
                streamId, 0L, 0L, 16_000, AudioEncoding.PCM_S16LE, 1, ByteBuffer.allocate(640), false, Map.of(), "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

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
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.CommittedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Generates {@code RECORDS.md}: what the job does with each kind of record that a producer can write. */
class RecordTableTest {
    private static final CommittedText TABLE =
            CommittedText.at("flink-job/RECORDS.md", "flink-job", RecordTableTest.class);
    private static final byte[] KEY = bytes("call-1");
    private static final WireCodec<AudioFrame> CODEC = WireCodec.audioFrame();

    /** A kind of record and its outcome. */
    private record Row(String kind, String outcome) {}

    private final List<Row> rows = new ArrayList<>();

    @Test
    void theTableSaysWhatBecomesOfEachKindOfRecord() throws Exception {
        tryRecordsAsSuch();
        tryKeys();
        tryBodies();
        tryFrames();

        TABLE.mustBe("""
                # What the job does with a record

                Made by `RecordTableTest`, which gives each kind of record to the job's source and decoder. A dead letter goes to
                `clearline.frames.dead` with topic, partition, offset, reason, size, SHA-256 and as many of the bytes as fit
                (`clearline.dead-letter.max-size`). Nothing here restarts the job or touches another stream. Records of transactions are
                read when these are committed; those of aborted ones never.

                | record in `clearline.frames.raw` | what becomes of it |
                |---|---|
                %s
                """.formatted(rows.stream()
                .map(row -> "| " + row.kind() + " | " + row.outcome() + " |")
                .collect(Collectors.joining("\n"))));
    }

    private void tryRecordsAsSuch() throws Exception {
        add("a frame under its stream id", record(KEY, frame(f -> {})));
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[100]);
        add("the same, with headers", record(KEY, frame(f -> {}), 1_000, headers));
        add(
                "the same, with CreateTime -1",
                record(KEY, frame(f -> {}), ConsumerRecord.NO_TIMESTAMP, new RecordHeaders()));
        add("a null value (a tombstone)", record(KEY, null));
        add("a null value and a null key", record(null, null));
        add("an empty value", record(KEY, new byte[0]));
        add("3 MiB of anything", record(KEY, new byte[3 << 20]));
    }

    private void tryKeys() throws Exception {
        add("a frame with a null key", record(null, frame(f -> {})));
        add("a frame with an empty key", record(new byte[0], frame(f -> {})));
        add("a frame under another key", record(bytes("call-2"), frame(f -> {})));
        add("a frame under a key of 1 MiB", record(new byte[1 << 20], frame(f -> {})));
    }

    private void tryBodies() throws Exception {
        byte[] frame = frame(f -> {});
        add("JSON", record(KEY, bytes("{\"streamId\": \"call-1\"}")));
        byte[] registry = new byte[frame.length];
        System.arraycopy(frame, 10, registry, 5, frame.length - 10);
        add("Avro in the framing of a schema registry", record(KEY, registry));
        byte[] unknown = frame.clone();
        unknown[5] ^= 1;
        add("Avro of a schema that is not known", record(KEY, unknown));
        add("half a frame", record(KEY, Arrays.copyOf(frame, frame.length / 2)));
        add("a frame with bytes left over", record(KEY, Arrays.copyOf(frame, frame.length + 1)));
    }

    private void tryFrames() throws Exception {
        add("two channels", f -> f.setChannels(2));
        add("nine channels", f -> f.setChannels(9));
        add("no channel", f -> f.setChannels(0));
        add("half a sample of 2 channels", f -> {
            f.setChannels(2);
            f.setPayload(ByteBuffer.wrap(new byte[642]));
        });
        add("96 kHz", f -> f.setSampleRateHz(96_000));
        add("a negative sequence", f -> f.setSequence(-1L));
        add("a sequence of 2^63 - 1", f -> f.setSequence(Long.MAX_VALUE));
        add("a negative capture time", f -> f.setCaptureTimeMicros(-5L));
        add("a capture time of 2^63 - 1", f -> f.setCaptureTimeMicros(Long.MAX_VALUE));
        add("a capture time of 0", f -> f.setCaptureTimeMicros(0L));
        add("an odd number of bytes of 16-bit samples", f -> f.setPayload(ByteBuffer.allocate(321)));
        add("no samples", f -> f.setPayload(ByteBuffer.allocate(0)));
        add("no samples, last of its stream", f -> {
            f.setPayload(ByteBuffer.allocate(0));
            f.setLastOfStream(true);
        });
        add("a payload of 64 KiB", f -> f.setPayload(ByteBuffer.allocate(1 << 16)));
        add("a payload of 64 KiB and a sample", f -> f.setPayload(ByteBuffer.allocate((1 << 16) + 2)));
        add("17 attributes", f -> f.setAttributes(attributes(17)));
    }

    private void add(String kind, Consumer<AudioFrame> change) throws Exception {
        add("a frame: " + kind, record(KEY, frame(change)));
    }

    private void add(String kind, ConsumerRecord<byte[], byte[]> consumed) throws Exception {
        rows.add(new Row(kind, outcome(consumed)));
    }

    /** Returns the outcome of a record that passes the source's deserializer and the decoder of the job. */
    private static String outcome(ConsumerRecord<byte[], byte[]> consumed) throws Exception {
        List<RawRecord> raw = new ArrayList<>();
        new RawRecordDeserializer().deserialize(consumed, collectInto(raw));
        OneInputStreamOperatorTestHarness<RawRecord, StreamFrame> decoder = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new FrameDecoder("clearline.frames.dead", 1 << 20, null)));
        decoder.setup(RecordType.FRAME.createSerializer(null));
        decoder.open();
        for (RawRecord each : raw) {
            decoder.processElement(new StreamRecord<>(each, consumed.timestamp()));
        }
        int enhanced = decoder.extractOutputValues().size();
        List<OutputRecord> dead = Optional.ofNullable(decoder.getSideOutput(FrameDecoder.DEAD)).stream()
                .flatMap(Collection::stream)
                .map(StreamRecord::getValue)
                .toList();
        decoder.close();
        assertThat(enhanced + dead.size()).isLessThanOrEqualTo(1);
        if (enhanced == 1) {
            return "enhanced";
        }
        return dead.isEmpty()
                ? "ignored; counted as `tombstones`"
                : "dead letter `"
                        + WireCodec.deadFrame().decode(dead.get(0).value, null).getReason() + "`";
    }

    private static Collector<RawRecord> collectInto(List<RawRecord> records) {
        return new Collector<>() {
            @Override
            public void collect(RawRecord each) {
                records.add(each);
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return record(key, value, 1_000, new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte[] key, byte[] value, long timestamp, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "clearline.frames.raw",
                0,
                1,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] frame(Consumer<AudioFrame> change) {
        AudioFrame frame = AudioFrame.newBuilder()
                .setStreamId("call-1")
                .setSequence(0)
                .setCaptureTimeMicros(1_700_000_000_000_000L)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setPayload(ByteBuffer.allocate(640))
                .build();
        change.accept(frame);
        return CODEC.encode(frame);
    }

    private static Map<String, String> attributes(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key-" + i, i -> "value"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

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

import io.clearline.job.JobMetric;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.RawRecord;
import io.clearline.job.record.RecordType;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes and validates frames. What does not decode or breaks a limit leaves by {@link #DEAD} with its place, the
 * reason and its untouched bytes, as far as they fit: bad input costs one record, never the job. A record without a
 * value (a tombstone) is counted and goes nowhere: it holds no audio, and there is nothing to keep of it.
 */
public final class FrameDecoder extends ProcessFunction<RawRecord, StreamFrame> {
    private static final long serialVersionUID = 1L;

    /** Encoded {@code DeadFrame} records. */
    public static final OutputTag<OutputRecord> DEAD = new OutputTag<>("dead", RecordType.OUTPUT);

    private final String deadTopic;
    private final int maxDeadLetterBytes;

    private transient WireCodec<AudioFrame> frames;
    private transient DeadLetters deadLetters;
    private transient AudioFrame decoded;
    private transient StreamFrame outgoing;
    private transient Counter framesIn;
    private transient Counter dead;
    private transient Map<DeadReason, Counter> deadByReason;
    private transient Counter tombstones;

    /**
     * Decodes frames.
     *
     * @param maxDeadLetterBytes the most that Kafka takes in a record of that topic
     */
    public FrameDecoder(String deadTopic, int maxDeadLetterBytes) {
        this.deadTopic = deadTopic;
        this.maxDeadLetterBytes = maxDeadLetterBytes;
    }

    @Override
    public void open(OpenContext context) {
        frames = WireCodec.audioFrame();
        deadLetters = new DeadLetters(deadTopic, maxDeadLetterBytes);
        decoded = new AudioFrame();
        outgoing = new StreamFrame();
        MetricGroup group = getRuntimeContext().getMetricGroup();
        framesIn = JobMetric.FRAMES_IN.counter(group);
        dead = JobMetric.FRAMES_DEAD.counter(group);
        // All of them from the start: a rate that begins with the first dead letter would miss it.
        deadByReason = new EnumMap<>(DeadReason.class);
        for (DeadReason reason : DeadReason.values()) {
            deadByReason.put(reason, JobMetric.FRAMES_DEAD_BY_REASON.counter(group, reason.name()));
        }
        tombstones = JobMetric.TOMBSTONES.counter(group);
    }

    @Override
    public void processElement(RawRecord rawRecord, Context context, Collector<StreamFrame> out) {
        if (rawRecord.value == null) {
            tombstones.inc();
            return;
        }
        framesIn.inc();
        Optional<FrameLimits.Violation> size = FrameLimits.checkRecord(rawRecord.value);
        if (size.isPresent()) {
            reject(rawRecord, size.get().reason(), size.get().detail(), context);
            return;
        }
        try {
            decoded = frames.decode(rawRecord.value, decoded);
        } catch (WireFormatException e) {
            reject(rawRecord, e.reason(), e.getMessage(), context);
            return;
        }
        Optional<FrameLimits.Violation> violation = FrameLimits.checkFrame(decoded);
        if (violation.isEmpty()) {
            violation = checkKey(rawRecord.key);
        }
        if (violation.isPresent()) {
            reject(rawRecord, violation.get().reason(), violation.get().detail(), context);
        } else {
            out.collect(outgoing(rawRecord.partition));
        }
    }

    private StreamFrame outgoing(int partition) {
        outgoing.partition = partition;
        outgoing.streamId = decoded.getStreamId();
        outgoing.session = decoded.getSession();
        outgoing.sequence = decoded.getSequence();
        outgoing.captureTimeMicros = decoded.getCaptureTimeMicros();
        outgoing.sampleRateHz = decoded.getSampleRateHz();
        outgoing.encoding = decoded.getEncoding();
        outgoing.lastOfStream = decoded.getLastOfStream();
        ByteBuffer payload = decoded.getPayload();
        outgoing.reservePayload(payload.remaining());
        payload.get(payload.position(), outgoing.payload, 0, outgoing.payloadLength);
        return outgoing;
    }

    private void reject(RawRecord rawRecord, DeadReason reason, String detail, Context context) {
        dead.inc();
        deadByReason.get(reason).inc();
        context.output(DEAD, deadLetters.of(rawRecord, reason, detail));
    }

    /** Nearly every key is the stream id in plain ASCII: no text is made for it. */
    private Optional<FrameLimits.Violation> checkKey(byte[] key) {
        return isAscii(key, decoded.getStreamId()) ? Optional.empty() : FrameLimits.checkKey(text(key), decoded);
    }

    private static boolean isAscii(byte[] key, String text) {
        if (key == null || key.length != text.length()) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (key[i] < 0 || key[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}

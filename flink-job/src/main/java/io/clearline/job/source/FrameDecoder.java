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
import io.clearline.kafka.HttpSchemaRegistry;
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
 * Decodes and validates frames. A record that can't be decoded or violates a limit is sent to the side output
 * {@link #DEAD} with its position, the reason and as many of its bytes as fit, so invalid input never fails the job. A
 * record without a value (a tombstone) is counted and ignored, because it contains no audio.
 */
public final class FrameDecoder extends ProcessFunction<RawRecord, StreamFrame> {
    private static final long serialVersionUID = 1L;

    /** Side output of encoded {@code DeadFrame} records. */
    public static final OutputTag<OutputRecord> DEAD = new OutputTag<>("dead", RecordType.OUTPUT);

    private final String deadTopic;
    private final int maxDeadLetterBytes;
    /** Null if records in the framing of a schema registry are not read. */
    private final String registryUrl;

    private transient WireCodec<AudioFrame> frames;
    private transient DeadLetters deadLetters;
    /** Reused for each record. */
    private transient AudioFrame decoded;
    /** Reused for each frame; the job enables object reuse. */
    private transient StreamFrame outgoing;

    private transient Counter framesIn;
    private transient Counter dead;
    private transient Map<DeadReason, Counter> deadByReason;
    private transient Counter tombstones;

    /**
     * @param deadTopic topic of the dead letters
     * @param maxDeadLetterBytes size limit of a dead letter, including Kafka's overhead
     * @param registryUrl URL of the schema registry whose framing is read in addition; null for none
     */
    public FrameDecoder(String deadTopic, int maxDeadLetterBytes, String registryUrl) {
        this.registryUrl = registryUrl;
        this.deadTopic = deadTopic;
        this.maxDeadLetterBytes = maxDeadLetterBytes;
    }

    @Override
    public void open(OpenContext context) {
        frames = WireCodec.audioFrame().withRegistry(registryUrl == null ? null : new HttpSchemaRegistry(registryUrl));
        deadLetters = new DeadLetters(deadTopic, maxDeadLetterBytes);
        decoded = new AudioFrame();
        outgoing = new StreamFrame();
        MetricGroup group = getRuntimeContext().getMetricGroup();
        framesIn = JobMetric.FRAMES_IN.counter(group);
        dead = JobMetric.FRAMES_DEAD.counter(group);
        // Registered from the start, because a rate() over a series that starts at 1 would miss the first dead letter.
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

    /** Returns the decoded frame in the form in which it is sent to the enhancement operator. */
    private StreamFrame outgoing(int partition) {
        outgoing.partition = partition;
        outgoing.streamId = decoded.getStreamId();
        outgoing.session = decoded.getSession();
        outgoing.sequence = decoded.getSequence();
        outgoing.captureTimeMicros = decoded.getCaptureTimeMicros();
        outgoing.sampleRateHz = decoded.getSampleRateHz();
        outgoing.encoding = decoded.getEncoding();
        outgoing.channels = decoded.getChannels();
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

    /**
     * Checks that the key is the stream id. Nearly every key is plain ASCII, and is compared without creating a string.
     */
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

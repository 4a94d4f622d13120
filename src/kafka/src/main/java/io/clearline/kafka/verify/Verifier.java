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
package io.clearline.kafka.verify;

import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Compares the output of a job with its input, frame by frame in each session of each stream, independently of the
 * job's code. It checks that every input frame has an output frame (exactly one in a replay, the same bytes each time
 * in live mode), that these are in order and have the right number of samples, and, given the results of another run,
 * that the bytes are the same. Not thread-safe.
 */
public final class Verifier {
    private final DeliveryMode mode;
    private final Predicate<String> wanted;
    private final IssueList issues = new IssueList();
    private final Map<String, StreamCheck> streams = new TreeMap<>();
    private final Map<String, Long> models = new TreeMap<>();
    private final WireCodec<AudioFrame> inputCodec = WireCodec.audioFrame();
    private final WireCodec<EnhancedFrame> outputCodec = WireCodec.enhancedFrame();
    private AudioFrame inputFrame;
    private EnhancedFrame outputFrame;
    private long undecodable;

    /** Verifies every stream. */
    public Verifier(DeliveryMode mode) {
        this(mode, stream -> true);
    }

    /** Verifies the streams whose id is wanted and ignores the others. */
    public Verifier(DeliveryMode mode, Predicate<String> wanted) {
        this.mode = mode;
        this.wanted = wanted;
    }

    /**
     * Reads records in the framing of a schema registry in addition to single-object encoding.
     *
     * @param registry null for single-object encoding only
     * @return this verifier
     */
    public Verifier withRegistry(SchemaRegistry registry) {
        inputCodec.withRegistry(registry);
        outputCodec.withRegistry(registry);
        return this;
    }

    /**
     * Takes a record of the topic of raw frames. One that exceeds a limit, or whose key is not its stream id, must
     * become a dead letter in the job: it is counted as undecodable, and no output frame is expected for it.
     *
     * @param key may be null
     * @param value null for a tombstone, which the job ignores
     */
    public void input(byte[] key, byte[] value) {
        if (value == null) {
            return;
        }
        try {
            inputFrame = inputCodec.decode(value, inputFrame);
        } catch (WireFormatException e) {
            undecodable++;
            inputFrame = null;
            return;
        }
        if (isRefused(key, value)) {
            undecodable++;
        } else {
            input();
        }
    }

    private boolean isRefused(byte[] key, byte[] value) {
        String text = key == null ? null : new String(key, StandardCharsets.UTF_8);
        return FrameLimits.checkRecord(value).isPresent()
                || FrameLimits.checkFrame(inputFrame).isPresent()
                || FrameLimits.checkKey(text, inputFrame).isPresent();
    }

    private void input() {
        if (wanted.test(inputFrame.getStreamId())) {
            stream(inputFrame.getStreamId())
                    .input(
                            inputFrame.getSession(),
                            inputFrame.getSequence(),
                            inputFrame.getCaptureTimeMicros(),
                            samples(
                                    inputFrame.getPayload().remaining(),
                                    inputFrame.getEncoding(),
                                    inputFrame.getChannels()));
        }
    }

    /** Takes a record of the topic of enhanced frames. */
    public void output(byte[] value) {
        try {
            outputFrame = outputCodec.decode(value, outputFrame);
        } catch (WireFormatException e) {
            issues.add(IssueKind.UNREADABLE, "(unknown)", -1, e.getMessage());
            outputFrame = null;
            return;
        }
        if (wanted.test(outputFrame.getStreamId())) {
            models.merge(outputFrame.getModelName() + "@" + outputFrame.getModelVersion(), 1L, Long::sum);
            stream(outputFrame.getStreamId())
                    .output(
                            outputFrame.getSession(),
                            outputFrame.getSequence(),
                            outputFrame.getCaptureTimeMicros(),
                            samples(
                                    outputFrame.getPayload().remaining(),
                                    outputFrame.getEncoding(),
                                    outputFrame.getChannels()),
                            outputFrame.getConcealed(),
                            value);
        }
    }

    private StreamCheck stream(String id) {
        return streams.computeIfAbsent(id, each -> new StreamCheck(each, mode, issues));
    }

    private static int samples(int bytes, AudioEncoding encoding, int channels) {
        int width = encoding == AudioEncoding.PCM_S16LE ? Short.BYTES : 1;
        return bytes / (width * Math.max(1, channels));
    }

    /** Returns the number of input frames that have no output frame yet. */
    public long missing() {
        return sum(SessionCheck::missing);
    }

    /** Returns the number of distinct input frames so far. */
    public long framesIn() {
        return sum(SessionCheck::framesIn);
    }

    /** Returns the number of distinct output frames so far. */
    public long framesOut() {
        return sum(SessionCheck::framesOut);
    }

    /** Returns the report. Must be called once, after the last record. */
    public VerifyReport finish() {
        return finish(Map.of());
    }

    /**
     * Compares the output with that of another run over the same input, and returns the report. Must be called once,
     * after the last record.
     *
     * @param expected the other run's results; streams that it does not contain are not compared
     */
    public VerifyReport finish(Map<String, StreamResult> expected) {
        Map<String, StreamResult> results = new TreeMap<>();
        streams.values().forEach(stream -> stream.finish(results));
        expected.forEach((label, result) -> {
            String id = label.split(" session ", 2)[0];
            if (wanted.test(id)) {
                stream(id).compare(label, result);
            }
        });
        return new VerifyReport(
                mode,
                streams.size(),
                framesIn(),
                framesOut(),
                sum(SessionCheck::samplesOut),
                sum(SessionCheck::concealedFrames),
                sum(SessionCheck::repeats),
                undecodable,
                issues.count(IssueKind.LOST),
                issues.count(IssueKind.DOUBLED),
                issues.count(IssueKind.OUT_OF_ORDER),
                issues.count(IssueKind.REPEAT_DIFFERS),
                issues.count(IssueKind.SAMPLE_COUNT),
                issues.count(IssueKind.UNEXPECTED),
                issues.count(IssueKind.ALTERED),
                issues.count(IssueKind.HASH_MISMATCH),
                issues.count(IssueKind.UNREADABLE),
                models,
                issues.kept(),
                results);
    }

    private long sum(ToLongFunction<SessionCheck> value) {
        return streams.values().stream().mapToLong(stream -> stream.sum(value)).sum();
    }
}

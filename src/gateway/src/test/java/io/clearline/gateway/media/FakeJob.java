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
package io.clearline.gateway.media;

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Kafka and the job in one: remembers the raw frames, and answers each at half its level, after a time, or not at all
 * while it is away.
 */
public final class FakeJob implements FrameTarget, AutoCloseable {
    /** What the job does to the signal. */
    public static final float GAIN = 0.5f;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<AudioFrame> frames = new CopyOnWriteArrayList<>();
    private final SessionDirectory directory = new SessionDirectory(100, 100);
    private final SessionCounters counters = new SessionCounters(null);
    private final List<AudioFrame> unanswered = new ArrayList<>();
    private volatile boolean byHand;
    private volatile long delayMillis;
    private volatile boolean away;

    /** The sessions' surroundings, with this as Kafka. */
    public SessionContext context(SessionSettings settings) {
        return new SessionContext(this, settings, counters, new MillisHistogram(null), directory);
    }

    /** Answers so much later. */
    public void answerAfter(long millis) {
        delayMillis = millis;
    }

    /** Answers no more, or again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** Answers only by {@link #answerNow}: for tests in virtual time, on one thread. */
    public void answerByHand() {
        byHand = true;
    }

    /** Answers what has come since the last time. */
    public void answerNow(long nowNanos) {
        for (AudioFrame frame : unanswered) {
            directory.find(frame.getStreamId()).ifPresent(session -> session.enhanced(enhanced(frame), nowNanos));
        }
        unanswered.clear();
    }

    /** Every raw frame so far, in the order they came in. */
    public List<AudioFrame> frames() {
        return frames;
    }

    /** The raw frames of a stream. */
    public List<AudioFrame> frames(String streamId) {
        return frames.stream()
                .filter(frame -> frame.getStreamId().equals(streamId))
                .toList();
    }

    /** What was counted of all sessions. */
    public SessionCounters counters() {
        return counters;
    }

    /** The sessions that are there. */
    public SessionDirectory directory() {
        return directory;
    }

    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters own) {
        frame.setSequence(session.nextSequence());
        frames.add(frame);
        if (away || frame.getLastOfStream()) {
            return;
        }
        if (byHand) {
            unanswered.add(frame);
        } else {
            timer.schedule(() -> answer(frame), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void answer(AudioFrame frame) {
        directory.find(frame.getStreamId()).ifPresent(session -> session.loop()
                .deliver(session, enhanced(frame), System.nanoTime()));
    }

    private static EnhancedFrame enhanced(AudioFrame frame) {
        EnhancedFrame answer = new EnhancedFrame();
        answer.setStreamId(frame.getStreamId());
        answer.setSession(frame.getSession());
        answer.setSequence(frame.getSequence());
        answer.setCaptureTimeMicros(frame.getCaptureTimeMicros());
        answer.setSampleRateHz(frame.getSampleRateHz());
        answer.setEncoding(frame.getEncoding());
        answer.setChannels(1);
        answer.setEnhanced(true);
        answer.setPayload(half(frame));
        return answer;
    }

    private static ByteBuffer half(AudioFrame frame) {
        byte[] payload = new byte[frame.getPayload().remaining()];
        frame.getPayload().duplicate().get(payload);
        int samples = samples(frame);
        float[] signal = new float[samples];
        FramePayload.decode(frame.getEncoding(), payload, 0, signal, 0, samples);
        for (int i = 0; i < samples; i++) {
            signal[i] *= GAIN;
        }
        FramePayload.encode(frame.getEncoding(), signal, 0, payload, samples);
        return ByteBuffer.wrap(payload);
    }

    /** How many samples a frame has. */
    public static int samples(AudioFrame frame) {
        return frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

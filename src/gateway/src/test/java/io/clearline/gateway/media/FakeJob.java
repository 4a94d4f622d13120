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
 * Stands in for Kafka and the job: records the raw frames and answers each at half its level, after a delay, or not at
 * all while it is unavailable. Thread-safe unless it answers manually.
 */
public final class FakeJob implements FrameTarget, AutoCloseable {
    /** Factor that the job applies to the samples. */
    public static final float GAIN = 0.5f;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<AudioFrame> frames = new CopyOnWriteArrayList<>();
    private final SessionDirectory directory = new SessionDirectory(100, 100);
    private final SessionCounters counters = new SessionCounters(null);
    private final List<AudioFrame> unanswered = new ArrayList<>();
    private volatile boolean manual;
    private volatile long delayMillis;
    private volatile boolean unavailable;

    /** Returns a context for sessions that send their frames here. */
    public SessionContext context(SessionSettings settings) {
        return new SessionContext(this, settings, counters, new MillisHistogram(null), directory);
    }

    /** Sets the delay of the answers. */
    public void answerAfter(long millis) {
        delayMillis = millis;
    }

    /** Stops answering, or resumes. */
    public void setUnavailable(boolean isUnavailable) {
        unavailable = isUnavailable;
    }

    /** Answers only when {@link #answerNow} is called, for tests in virtual time on one thread. */
    public void answerManually() {
        manual = true;
    }

    /** Answers the frames received since the previous call. */
    public void answerNow(long nowNanos) {
        for (AudioFrame frame : unanswered) {
            directory.find(frame.getStreamId()).ifPresent(session -> session.enhanced(enhanced(frame), nowNanos));
        }
        unanswered.clear();
    }

    /** Returns all raw frames so far, in order of arrival. */
    public List<AudioFrame> frames() {
        return frames;
    }

    /** Returns the raw frames of a stream. */
    public List<AudioFrame> frames(String streamId) {
        return frames.stream()
                .filter(frame -> frame.getStreamId().equals(streamId))
                .toList();
    }

    /** Returns the counters of all sessions together. */
    public SessionCounters counters() {
        return counters;
    }

    /** Returns the running sessions. */
    public SessionDirectory directory() {
        return directory;
    }

    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters own) {
        frame.setSequence(session.nextSequence());
        frames.add(frame);
        if (unavailable || frame.getLastOfStream()) {
            return;
        }
        if (manual) {
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

    /** Returns the number of samples in a frame. */
    public static int samples(AudioFrame frame) {
        return frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

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
package io.clearline.gateway.broadcast;

import io.clearline.gateway.media.FrameTarget;
import io.clearline.gateway.media.MediaClock;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.StreamSession;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts the audio of one session into frames of equal length, whose capture times follow from the number of samples. The
 * attribute {@value #SOURCE_TIME} of each frame holds the time of the source's own clock. Thread-confined.
 */
final class SessionFrames {
    /** Attribute with the source's time at the first sample, in microseconds: the time stamp of ffmpeg, unchanged. */
    static final String SOURCE_TIME = "sourceTimeMicros";

    private final StreamSession session;
    private final int channels;
    private final int sampleRateHz;
    private final MediaClock clock;
    /** Difference between the source's time and the capture time. */
    private final long toSourceMicros;

    private final FrameTarget target;
    private final SessionCounters counters;
    private final AtomicLong frames;
    private final byte[] frame;
    private int filled;
    /** Position of the first sample in {@link #frame}, in samples since the start. */
    private long position;

    /**
     * Starts a session.
     *
     * @param first the first block, which gives the number of channels and the source's time
     * @param startMicros capture time of the first sample
     */
    SessionFrames(
            IngestSettings settings,
            StreamSession session,
            DecodedBlock first,
            long startMicros,
            Destination destination) {
        this.session = session;
        channels = first.channels();
        sampleRateHz = settings.sampleRateHz();
        clock = new MediaClock(sampleRateHz, 0, startMicros);
        long pts = first.pts() == DecodedBlock.NO_PTS ? 0 : first.pts();
        toSourceMicros = new MediaClock(sampleRateHz, 0, 0).captureTimeMicros(pts) - startMicros;
        target = destination.target();
        counters = destination.counters();
        frames = destination.frames();
        frame = new byte[sampleRateHz * settings.frameMillis() / 1000 * channels * Short.BYTES];
    }

    /** Where frames are sent, and what counts them. */
    record Destination(FrameTarget target, SessionCounters counters, AtomicLong frames) {}

    /**
     * Appends samples: 16 bits, little-endian, interleaved.
     *
     * @param length bytes to append
     */
    void append(byte[] samples, int offset, int length) {
        int at = offset;
        while (at < offset + length) {
            int taken = Math.min(offset + length - at, frame.length - filled);
            System.arraycopy(samples, at, frame, filled, taken);
            filled += taken;
            at += taken;
            if (filled == frame.length) {
                send(false);
            }
        }
    }

    /**
     * Appends silence.
     *
     * @param samples per channel
     */
    void appendSilence(long samples) {
        byte[] silence = new byte[frame.length];
        for (long left = samples * channels * Short.BYTES; left > 0; left -= silence.length) {
            append(silence, 0, (int) Math.min(left, silence.length));
        }
    }

    /** Sends what is left as the last frame, which may be empty. */
    void end() {
        send(true);
    }

    private void send(boolean last) {
        AudioFrame out = new AudioFrame();
        out.setStreamId(session.streamId());
        out.setSession(session.name());
        long captureMicros = clock.captureTimeMicros(position);
        out.setCaptureTimeMicros(captureMicros);
        out.setSampleRateHz(sampleRateHz);
        out.setEncoding(AudioEncoding.PCM_S16LE);
        out.setChannels(channels);
        out.setPayload(ByteBuffer.wrap(Arrays.copyOf(frame, filled)));
        out.setLastOfStream(last);
        out.setAttributes(Map.of(SOURCE_TIME, Long.toString(captureMicros + toSourceMicros)));
        target.send(session, out, counters);
        frames.incrementAndGet();
        position += filled / (channels * Short.BYTES);
        filled = 0;
    }

    /** Returns the capture time of the sample that is appended next. */
    long nextCaptureMicros() {
        return clock.captureTimeMicros(position + filled / (channels * Short.BYTES));
    }
}

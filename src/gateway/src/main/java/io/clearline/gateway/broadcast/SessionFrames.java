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
 * Cuts the sound of one session, as it comes, into frames of one length, timed by their samples. Each says in the
 * attribute {@value #SOURCE_TIME} what the source's own clock showed. Thread-confined.
 */
final class SessionFrames {
    /** Microseconds of the source's clock (ffmpeg's time stamps, as they are) at the first sample. */
    static final String SOURCE_TIME = "sourceTimeMicros";

    private final StreamSession session;
    private final int channels;
    private final int sampleRateHz;
    private final MediaClock clock;
    /** From capture time to the source's own. */
    private final long toSourceMicros;

    private final FrameTarget target;
    private final SessionCounters counters;
    private final AtomicLong frames;
    private final byte[] frame;
    private int filled;
    /** Of the first sample in {@link #frame}. */
    private long position;

    SessionFrames(
            IngestSettings settings, StreamSession session, DecodedBlock first, long startMicros, Sending sending) {
        this.session = session;
        channels = first.channels();
        sampleRateHz = settings.sampleRateHz();
        clock = new MediaClock(sampleRateHz, 0, startMicros);
        long pts = first.pts() == DecodedBlock.NO_PTS ? 0 : first.pts();
        toSourceMicros = new MediaClock(sampleRateHz, 0, 0).captureTimeMicros(pts) - startMicros;
        target = sending.target();
        counters = sending.counters();
        frames = sending.frames();
        frame = new byte[sampleRateHz * settings.frameMillis() / 1000 * channels * Short.BYTES];
    }

    /** Where frames go, and what is counted of them. */
    record Sending(FrameTarget target, SessionCounters counters, AtomicLong frames) {}

    /** Takes samples: 16 bits, little-endian, interleaved. */
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

    /** Takes so many samples of silence. */
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

    /** Capture time of the sample that comes next. */
    long nextCaptureMicros() {
        return clock.captureTimeMicros(position + filled / (channels * Short.BYTES));
    }
}

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

import io.clearline.dsp.Concealer;
import io.clearline.gateway.codec.AudioCodec;
import io.clearline.gateway.codec.BadPayloadException;
import io.clearline.gateway.codec.MediaFormat;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;

/**
 * One channel of audio of a connection, on its way to Kafka and back. A packet that arrives is decoded and sent at once
 * as a raw frame. It then waits for its enhanced frame and is played when it is due: enhanced if the enhanced frame has
 * arrived by then, dry otherwise.
 *
 * <p>A session outlives changes of its source. A new SSRC, format or clock starts a new {@code Source}, which has
 * another session name in Kafka under the same stream id.
 *
 * <p>Confined to its {@link MediaLoop}, except for the accessors below {@link #end}, which any thread may call.
 */
public final class MediaSession implements MediaLoop.Ticking {
    /** Marks raw frames that the gateway made up in place of lost packets. */
    private static final Map<String, String> CONCEALED = Map.of("concealed", "gateway");

    private static final ByteBuffer NO_SAMPLES = ByteBuffer.allocate(0);

    private final String streamId;
    private final String peer;
    private final SessionContext context;
    private final MediaLoop loop;
    private final MediaSink sink;
    private final SessionCounters counters;
    private final MillisHistogram addedDelay;
    private final Instant since = Instant.now();
    private volatile Source source;
    private boolean ended;

    /** The state that starts afresh when the source changes its SSRC, its format or its clock. */
    private final class Source {
        private final StreamSession name;
        private final MediaFormat format;
        private final AudioCodec decoder;
        private final AudioCodec encoder;
        private final Concealer concealer;
        private final Playout playout;
        private final float[] decoded;
        /** Null until the first packet. */
        private MediaClock clock;
        /** Ticks at which the next packet starts if the source does not pause. */
        private long nextTicks;

        private Source(StreamSession name, MediaFormat format) {
            this.name = name;
            this.format = format;
            decoder = format.newCodec();
            encoder = format.newCodec();
            concealer = new Concealer(decoder.sampleRateHz());
            decoded = new float[decoder.maxSamples()];
            playout = new Playout(encoder, sink, context.settings(), counters, addedDelay);
        }

        private int ticks(int samples) {
            return (int) ((long) samples * format.clockRateHz() / decoder.sampleRateHz());
        }
    }

    private MediaSession(
            String streamId, String peer, MediaFormat format, MediaSink sink, SessionContext context, MediaLoop loop) {
        this.streamId = streamId;
        this.peer = peer;
        this.context = context;
        this.loop = loop;
        this.sink = sink;
        counters = new SessionCounters(context.counters());
        addedDelay = new MillisHistogram(context.addedDelay());
        source = newSource(format);
    }

    /**
     * Opens a session and registers it. Must be called on the loop.
     *
     * @param streamId the key of its records in Kafka
     * @param peer the address of the other side, for limits and status
     * @param format in which audio arrives and is returned
     * @param sink sends what is played
     * @throws SessionRefusedException if a limit is reached, or the stream id is in use
     */
    public static MediaSession open(
            String streamId, String peer, MediaFormat format, MediaSink sink, SessionContext context, MediaLoop loop)
            throws SessionRefusedException {
        MediaSession session = new MediaSession(streamId, peer, format, sink, context, loop);
        context.directory().add(session);
        loop.add(session);
        return session;
    }

    private Source newSource(MediaFormat format) {
        return new Source(new StreamSession(streamId, Instant.now().toString()), format);
    }

    /**
     * Starts another source of the session: another SSRC, another format, or a clock that was set. Frames that wait are
     * played first.
     */
    public void restart(MediaFormat format) {
        counters.add(SessionCounter.SOURCE_CHANGES);
        source.playout.playAll(System.nanoTime());
        source = newSource(format);
    }

    /**
     * Takes the next packet in the order of the source.
     *
     * @param ticks of the source's clock at the first sample, unwrapped
     * @param arrivalNanos on the clock of {@link System#nanoTime}
     * @return samples in the packet; 0 if it was refused
     */
    public int receive(byte[] payload, int length, long ticks, long arrivalNanos) {
        Source now = source;
        int samples;
        try {
            samples = now.decoder.decode(payload, length, now.decoded);
        } catch (BadPayloadException e) {
            counters.add(SessionCounter.PACKETS_REFUSED);
            return 0;
        }
        counters.add(SessionCounter.PACKETS_RECEIVED);
        float[] dry = Arrays.copyOf(now.decoded, samples);
        now.concealer.received(dry, 0, samples);
        take(now, dry, ticks, arrivalNanos, false);
        return samples;
    }

    /**
     * Fills a gap of lost packets by continuing the signal.
     *
     * @param samples length of the gap, or of a part of it
     * @param ticks of the source's clock at its first sample
     * @param arrivalNanos when the packet after the gap arrived
     */
    public void conceal(int samples, long ticks, long arrivalNanos) {
        float[] filled = new float[samples];
        source.concealer.conceal(filled, 0, samples);
        take(source, filled, ticks, arrivalNanos, true);
    }

    private void take(Source now, float[] dry, long ticks, long arrivalNanos, boolean concealed) {
        boolean first = now.clock == null;
        if (first) {
            now.clock = new MediaClock(
                    now.format.clockRateHz(), ticks, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        }
        boolean startsSpurt = first || ticks != now.nextTicks;
        now.nextTicks = ticks + now.ticks(dry.length);
        PlayoutFrame frame = new PlayoutFrame(
                ticks,
                now.clock.captureTimeMicros(ticks),
                now.clock.nanos(ticks),
                arrivalNanos,
                dry,
                startsSpurt,
                concealed);
        context.frames().send(now.name, rawFrame(now, frame), counters);
        now.playout.add(frame);
    }

    private AudioFrame rawFrame(Source now, PlayoutFrame frame) {
        byte[] payload = new byte[frame.samples * FrameLimits.bytesPerSample(now.decoder.frameEncoding())];
        FramePayload.encode(now.decoder.frameEncoding(), frame.dry, 0, payload, frame.samples);
        return audioFrame(now, frame.captureTimeMicros, ByteBuffer.wrap(payload), frame.concealed, false);
    }

    private AudioFrame audioFrame(
            Source now, long captureTimeMicros, ByteBuffer payload, boolean concealed, boolean last) {
        return new AudioFrame(
                streamId,
                0L,
                captureTimeMicros,
                now.decoder.sampleRateHz(),
                now.decoder.frameEncoding(),
                1,
                payload,
                last,
                concealed ? CONCEALED : Map.of(),
                now.name.name());
    }

    /**
     * Forwards a packet that is not audio, with the delay of the audio. Dropped before the first audio packet, since
     * the peer has no clock yet that it could refer to.
     */
    public void pass(PassedPacket packet, long arrivalNanos) {
        Source now = source;
        if (now.clock != null) {
            now.playout.add(packet, arrivalNanos);
        }
    }

    /**
     * Takes an enhanced frame. Frames of an earlier source of this session are counted as too late.
     *
     * @param readyNanos when the frame was read from Kafka, on the clock of {@link System#nanoTime}
     */
    void enhanced(EnhancedFrame frame, long readyNanos) {
        Source now = source;
        if (now.clock == null || !frame.getSession().equals(now.name.name())) {
            // It answers a source that has been replaced since.
            counters.add(SessionCounter.FRAMES_TOO_LATE);
            return;
        }
        now.playout.enhanced(frame, readyNanos);
    }

    @Override
    public void tick(long nowNanos) {
        source.playout.playDue(nowNanos);
    }

    /**
     * Ends the session. Plays what waits, and sends an empty last frame so that the job closes the stream. Calling it
     * again has no effect.
     */
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        Source now = source;
        now.playout.playAll(System.nanoTime());
        if (now.clock != null) {
            long end = now.clock.captureTimeMicros(now.nextTicks);
            context.frames().send(now.name, audioFrame(now, end, NO_SAMPLES, false, true), counters);
        }
        loop.remove(this);
        context.directory().remove(this);
    }

    /** Returns the key of the session's records in Kafka. */
    public String streamId() {
        return streamId;
    }

    /** Returns the session name in its current frames; it changes with the source. */
    public String sessionName() {
        return source.name.name();
    }

    /** Returns the address of the other side. */
    public String peer() {
        return peer;
    }

    /** Returns the format of the current source. */
    public MediaFormat format() {
        return source.format;
    }

    /** Returns the sample rate of the current source after decoding, which is also that of its frames in Kafka. */
    public int sampleRateHz() {
        return source.decoder.sampleRateHz();
    }

    /** Returns the encoding of the current source's frames in Kafka. */
    public AudioEncoding frameEncoding() {
        return source.decoder.frameEncoding();
    }

    /** Returns the loop to which the session is confined. */
    public MediaLoop loop() {
        return loop;
    }

    /** Returns when the session was opened. */
    public Instant since() {
        return since;
    }

    /** Returns the counters of this session. */
    public SessionCounters counters() {
        return counters;
    }

    /** Returns the delay from the arrival of a packet until it was played. */
    public MillisHistogram addedDelay() {
        return addedDelay;
    }

    /** Returns the delay from arrival to play-out of the frame played last, in nanoseconds. */
    public long playoutDelayNanos() {
        return source.playout.delayNanos();
    }

    @Override
    public String toString() {
        return "session " + streamId;
    }
}

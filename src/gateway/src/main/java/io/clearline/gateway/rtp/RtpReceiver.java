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
package io.clearline.gateway.rtp;

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.PassedPacket;
import io.clearline.gateway.media.SessionCounter;
import java.util.concurrent.TimeUnit;

/**
 * The packets of one peer as audio of one session: orders them, conceals short gaps, tells a lost packet from a pause
 * and a new source from an old one. The sequence decides what is lost, the timestamp how long a pause was.
 * Thread-confined.
 */
final class RtpReceiver {
    private static final int SEQUENCE_BITS = 16;
    private static final int TIMESTAMP_BITS = 32;
    /** A sequence that is further from the one before is of a sender that began again (RFC 3550, A.1). */
    private static final int MAX_SEQUENCE_STEP = 3000;

    private static final int MAX_CONCEALED_MILLIS = 200;
    /** Shorter packets are filled in several at once: their gaps would make more frames than packets may come. */
    private static final int MIN_CONCEALED_MILLIS = 5;

    private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    /** By so much the timestamps may run ahead of arrivals before they are taken for set anew. */
    private static final long MAX_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PayloadTypes types;
    private final MediaSession session;
    private final JitterBuffer buffer;
    private final Unwrapper sequences = new Unwrapper(SEQUENCE_BITS);
    private final Unwrapper timestamps = new Unwrapper(TIMESTAMP_BITS);
    private final ReceptionMeter meter = new ReceptionMeter();

    private RtpPacket last;
    /** The first packet of what may be another source. */
    private RtpPacket candidate;

    private int pendingLost;
    private boolean playing;
    private int payloadType;
    private long expectedTicks;
    private int frameSamples;
    /** Added to the sender's ticks, where it set its clock. */
    private long tickShift;

    private long lastReleasedArrival;

    RtpReceiver(PayloadTypes types, MediaSession session) {
        this.types = types;
        this.session = session;
        buffer = new JitterBuffer(this::released, session.counters());
    }

    /** Takes a packet of the session's peer. */
    void receive(RtpPacket packet) {
        if (last != null && !continues(packet)) {
            if (!isSecondOf(packet)) {
                candidate = packet;
                session.counters().add(SessionCounter.PACKETS_REFUSED);
                return;
            }
            begin();
            add(candidate);
        }
        add(packet);
    }

    private boolean continues(RtpPacket packet) {
        int step = (short) (packet.sequence() - last.sequence());
        return packet.ssrc() == last.ssrc() && Math.abs(step) <= MAX_SEQUENCE_STEP;
    }

    /** One stray packet changes nothing; two in a row are a source. */
    private boolean isSecondOf(RtpPacket packet) {
        return candidate != null
                && candidate.ssrc() == packet.ssrc()
                && (short) (packet.sequence() - candidate.sequence()) == 1;
    }

    private void begin() {
        buffer.reset();
        sequences.reset();
        timestamps.reset();
        meter.reset();
        playing = false;
        pendingLost = 0;
        tickShift = 0;
        session.restart(session.format());
    }

    private void add(RtpPacket packet) {
        candidate = null;
        last = packet;
        long sequence = sequences.unwrap(packet.sequence());
        meter.received(packet, sequence, session.format().clockRateHz());
        buffer.add(sequence, packet);
    }

    /** Gives up what will not come any more. */
    void tick(long nowNanos) {
        long wait = 3 * meter.jitterNanos() + MIN_WAIT_NANOS / 2;
        buffer.giveUp(nowNanos, Math.max(MIN_WAIT_NANOS, Math.min(MAX_WAIT_NANOS, wait)));
    }

    /** Hands on what still waits. */
    void flush() {
        buffer.giveUpAll();
    }

    private void released(RtpPacket packet, int lostBefore) {
        pendingLost += lostBefore;
        MediaFormat format = types.format(packet.payloadType());
        long ticks = timestamps.unwrap(packet.timestamp()) + tickShift;
        if (format == null) {
            session.pass(
                    new PassedPacket(packet.payloadType(), packet.marker(), ticks, packet.payload()),
                    packet.arrivalNanos());
            return;
        }
        if (!format.equals(session.format())) {
            session.restart(format);
            playing = false;
        }
        // Only now: what the restart played was of the type before.
        payloadType = packet.payloadType();
        if (playing) {
            ticks = plausible(ticks, packet, format.clockRateHz());
            conceal(ticks, packet.arrivalNanos());
        }
        play(packet, ticks);
    }

    /** Timestamps that go back, or ahead of the time that passed, are of a clock that was set: the samples go on. */
    private long plausible(long ticks, RtpPacket packet, int clockRateHz) {
        long gap = ticks - expectedTicks;
        long passedNanos = Math.max(0, packet.arrivalNanos() - lastReleasedArrival);
        long maxGap = (passedNanos + MAX_AHEAD_NANOS) / 1000 * clockRateHz / 1_000_000;
        if (gap >= 0 && gap <= maxGap) {
            return ticks;
        }
        tickShift -= gap;
        return expectedTicks;
    }

    private void conceal(long ticks, long arrivalNanos) {
        long gapSamples = (ticks - expectedTicks)
                * session.sampleRateHz()
                / session.format().clockRateHz();
        boolean lost = pendingLost > 0 && frameSamples > 0;
        if (lost && gapSamples <= (long) session.sampleRateHz() * MAX_CONCEALED_MILLIS / 1000) {
            int piece = concealedSamples();
            for (long left = gapSamples - gapSamples % frameSamples; left > 0; left -= piece) {
                int samples = (int) Math.min(piece, left);
                session.conceal(samples, expectedTicks, arrivalNanos);
                expectedTicks += ticksOf(samples);
            }
        }
    }

    /** As long as the packets, or several of them. */
    private int concealedSamples() {
        int least = session.sampleRateHz() * MIN_CONCEALED_MILLIS / 1000;
        return frameSamples * Math.max(1, (least + frameSamples - 1) / frameSamples);
    }

    private void play(RtpPacket packet, long ticks) {
        int samples = session.receive(packet.payload(), packet.payload().length, ticks, packet.arrivalNanos());
        if (samples > 0) {
            playing = true;
            pendingLost = 0;
            frameSamples = samples;
            expectedTicks = ticks + ticksOf(samples);
            lastReleasedArrival = packet.arrivalNanos();
        }
    }

    private long ticksOf(int samples) {
        return (long) samples * session.format().clockRateHz() / session.sampleRateHz();
    }

    /** What a report says of the peer; null before anything came. */
    Rtcp.Reception reception(long nowNanos) {
        return last == null
                ? null
                : meter.reception(last.ssrc(), session.format().clockRateHz(), nowNanos);
    }

    /** Of the peer's sender report. */
    void senderReport(int ntpMiddle, long nowNanos) {
        meter.senderReport(ntpMiddle, nowNanos);
    }

    /** The payload type of what the session plays now. */
    int payloadType() {
        return payloadType;
    }
}

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
 * Turns the packets of one peer into the audio of one session: puts them in order, conceals short gaps, distinguishes
 * loss from pauses, and detects a new source. Sequence numbers decide what is lost, timestamps how long a pause is.
 * Thread-confined.
 */
final class RtpReceiver {
    private static final int SEQUENCE_BITS = 16;
    private static final int TIMESTAMP_BITS = 32;
    /** A larger step of the sequence number means that the sender has restarted (RFC 3550, A.1). */
    private static final int MAX_SEQUENCE_STEP = 3000;

    /** A longer gap is not filled and stays a pause. */
    private static final int MAX_CONCEALED_MILLIS = 200;
    /**
     * Shorter packets are concealed several at a time. One frame for each would let a sender of tiny packets cause more
     * frames than its rate limit allows.
     */
    private static final int MIN_CONCEALED_MILLIS = 5;

    private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    /** If timestamps run ahead of arrivals by more than this, the sender has set its clock. */
    private static final long MAX_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PayloadTypes types;
    private final MediaSession session;
    private final JitterBuffer buffer;
    private final Unwrapper sequences = new Unwrapper(SEQUENCE_BITS);
    private final Unwrapper timestamps = new Unwrapper(TIMESTAMP_BITS);
    private final ReceptionMeter meter = new ReceptionMeter();

    /** The packet received last; null before the first. */
    private RtpPacket last;
    /** A packet that does not continue the current source, and may be the first of another. */
    private RtpPacket candidate;

    /** Packets lost since the last one that was played. */
    private int pendingLost;

    private boolean playing;
    private int payloadType;
    private long expectedTicks;
    private int frameSamples;
    /** Added to the sender's ticks to undo the jumps of its clock. */
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

    /**
     * Returns whether two consecutive packets of another source have arrived. A single stray packet changes nothing.
     */
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

    /** Gives up packets that have been missing for too long. The wait adapts to the measured jitter. */
    void tick(long nowNanos) {
        long wait = 3 * meter.jitterNanos() + MIN_WAIT_NANOS / 2;
        buffer.giveUp(nowNanos, Math.max(MIN_WAIT_NANOS, Math.min(MAX_WAIT_NANOS, wait)));
    }

    /** Releases all packets that wait for a missing one. */
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
        // Set after the restart, whose last frames are still sent with the previous payload type.
        payloadType = packet.payloadType();
        if (playing) {
            ticks = plausible(ticks, packet, format.clockRateHz());
            conceal(ticks, packet.arrivalNanos());
        }
        play(packet, ticks);
    }

    /**
     * Returns the ticks of a packet on a continuous clock. If timestamps go back, or ahead of the elapsed time, the
     * sender has set its clock, and its samples are taken to follow each other without a gap.
     */
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

    /** Returns the length of a concealed frame: that of a packet, or of several if packets are very short. */
    private int concealedSamples() {
        int minSamples = session.sampleRateHz() * MIN_CONCEALED_MILLIS / 1000;
        return frameSamples * Math.max(1, (minSamples + frameSamples - 1) / frameSamples);
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

    /** Returns the reception statistics for a report; null before the first packet. */
    Rtcp.Reception reception(long nowNanos) {
        return last == null
                ? null
                : meter.reception(last.ssrc(), session.format().clockRateHz(), nowNanos);
    }

    /** Takes the time of the peer's sender report. */
    void senderReport(int ntpMiddle, long nowNanos) {
        meter.senderReport(ntpMiddle, nowNanos);
    }

    /** Returns the payload type of what the session plays at present. */
    int payloadType() {
        return payloadType;
    }
}

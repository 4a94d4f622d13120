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

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The other side of a call by RTP, for demonstrations and tests: what it sends when, through a faulty network, and what
 * comes back when. Played by {@link CallPlayer}, on whose thread everything happens; read when it is over.
 */
public final class RtpCall {
    /** A datagram and when it leaves, after the call's beginning. */
    record Timed(long offsetNanos, byte[] bytes) {}

    /**
     * How the packets of a call are numbered and spaced.
     *
     * @param frameTicks timestamp from packet to packet
     * @param frameMillis time from packet to packet
     */
    public record Pace(int payloadType, int frameTicks, int frameMillis) {}

    private static final int FIRST_SEQUENCE = 65_500;
    private static final int FIRST_TIMESTAMP = -16_000;

    private final InetSocketAddress gateway;
    private final Pace pace;
    private final List<Timed> schedule = new ArrayList<>();
    private final byte[][] returned;
    private final long[] delayNanos;
    private long beginNanos;

    /**
     * Prepares a call. Sequence and timestamp wrap in its first second.
     *
     * @param payloads one a packet
     */
    public RtpCall(InetSocketAddress gateway, Pace pace, List<byte[]> payloads, LinkFaults faults) {
        this.gateway = gateway;
        this.pace = pace;
        returned = new byte[payloads.size()][];
        delayNanos = new long[payloads.size()];
        SplittableRandom random = new SplittableRandom(faults.seed());
        int ssrc = random.nextInt();
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            byte[] bytes = RtpPacket.write(
                    pace.payloadType,
                    i == 0,
                    FIRST_SEQUENCE + i & 0xffff,
                    FIRST_TIMESTAMP + i * pace.frameTicks,
                    ssrc,
                    payload,
                    payload.length);
            send(i, bytes, faults, random);
        }
    }

    private void send(int index, byte[] bytes, LinkFaults faults, SplittableRandom random) {
        boolean lost = random.nextDouble() < faults.lossShare();
        int copies = random.nextDouble() < faults.duplicateShare() ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            long late = (long) (random.nextDouble() * TimeUnit.MILLISECONDS.toNanos(faults.jitterMillis()));
            if (!lost) {
                schedule.add(new Timed(offsetNanos(index) + late, bytes));
            }
        }
    }

    private long offsetNanos(int index) {
        return TimeUnit.MILLISECONDS.toNanos((long) index * pace.frameMillis);
    }

    List<Timed> schedule() {
        return schedule;
    }

    InetSocketAddress gateway() {
        return gateway;
    }

    /** @param nanos when its first packet is spoken */
    void begin(long nanos) {
        beginNanos = nanos;
    }

    /** Takes what comes back. */
    void received(byte[] bytes, long nowNanos) {
        try {
            RtpPacket packet = RtpPacket.parse(bytes, nowNanos);
            int index = (packet.timestamp() - FIRST_TIMESTAMP) / pace.frameTicks;
            if (index >= 0 && index < returned.length && packet.payloadType() == pace.payloadType) {
                returned[index] = packet.payload();
                delayNanos[index] = nowNanos - beginNanos - offsetNanos(index);
            }
        } catch (BadPacketException e) {
            // Not ours: a call hears only what is RTP.
            return;
        }
    }

    /** How many packets it has. */
    public int packets() {
        return returned.length;
    }

    /** What came back for each packet; null where nothing did. */
    public List<byte[]> returned() {
        return Arrays.asList(returned);
    }

    /** From when each packet that came back was spoken until it came back, in nanoseconds, in ascending order. */
    public long[] sortedDelayNanos() {
        int count = 0;
        long[] delays = new long[returned.length];
        for (int i = 0; i < returned.length; i++) {
            if (returned[i] != null) {
                delays[count++] = delayNanos[i];
            }
        }
        delays = Arrays.copyOf(delays, count);
        Arrays.sort(delays);
        return delays;
    }
}

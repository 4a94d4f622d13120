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
 * The peer's side of an RTP call, for demonstrations and tests. Holds what the peer sends and when, after the faults of
 * a network, and records what returns. {@link CallPlayer} plays it, and confines it to its thread; results are read
 * afterwards.
 */
public final class RtpCall {
    /** A datagram, and when it is sent after the beginning of the call. */
    record Timed(long offsetNanos, byte[] bytes) {}

    /**
     * Numbering and spacing of the packets of a call.
     *
     * @param payloadType of RTP
     * @param frameTicks timestamp difference of consecutive packets
     * @param frameMillis time between consecutive packets
     */
    public record Pace(int payloadType, int frameTicks, int frameMillis) {}

    /** Close to the maximum, so that every call tests the wrap of the sequence number. */
    private static final int FIRST_SEQUENCE = 65_500;
    /** Unsigned, close to the maximum, so that every call tests the wrap of the timestamp. */
    private static final int FIRST_TIMESTAMP = -16_000;

    private final InetSocketAddress gateway;
    private final Pace pace;
    private final List<Timed> schedule = new ArrayList<>();
    private final byte[][] returned;
    private final long[] delayNanos;
    private long beginNanos;

    /**
     * Prepares a call.
     *
     * @param gateway where its packets are sent
     * @param payloads one per packet
     * @param faults applied to what is sent; packets return without faults
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

    /**
     * Starts the call.
     *
     * @param nanos when its first packet is spoken, on the clock of {@link System#nanoTime}
     */
    void begin(long nanos) {
        beginNanos = nanos;
    }

    /** Records a packet that returns. */
    void received(byte[] bytes, long nowNanos) {
        try {
            RtpPacket packet = RtpPacket.parse(bytes, nowNanos);
            int index = (packet.timestamp() - FIRST_TIMESTAMP) / pace.frameTicks;
            if (index >= 0 && index < returned.length && packet.payloadType() == pace.payloadType) {
                returned[index] = packet.payload();
                delayNanos[index] = nowNanos - beginNanos - offsetNanos(index);
            }
        } catch (BadPacketException e) {
            // Not a packet of the call, for example an RTCP report.
            return;
        }
    }

    /** Returns the number of packets in the call. */
    public int packets() {
        return returned.length;
    }

    /** Returns what came back for each packet, in order; null for each packet that did not return. */
    public List<byte[]> returned() {
        return Arrays.asList(returned);
    }

    /**
     * Returns the mouth-to-ear delays of the packets that returned, in nanoseconds and ascending order. A delay counts
     * from when the packet was spoken, so it includes the jitter of the simulated network.
     */
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

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

import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;

/**
 * Puts packets in order. A packet that is next in sequence is released at once. Only packets behind a missing one are
 * buffered, until it arrives or is given up. In-order packets therefore have no delay here; the play-out has the one
 * delay that covers jitter, Kafka and model together. Thread-confined.
 */
final class JitterBuffer {
    /** More than a second of packets of 20 ms. */
    private static final int CAPACITY = 64;

    /** Receives packets in order. */
    interface Output {
        /**
         * Receives the next packet.
         *
         * @param lostBefore packets missing between the previous packet and this one
         */
        void packet(RtpPacket packet, int lostBefore);
    }

    private final RtpPacket[] slots = new RtpPacket[CAPACITY];
    private final Output output;
    private final SessionCounters counters;
    private boolean started;
    private long next;
    private long highest;
    private int buffered;

    JitterBuffer(Output output, SessionCounters counters) {
        this.output = output;
        this.counters = counters;
    }

    /**
     * Adds a packet, and releases what is in sequence.
     *
     * @param sequence the sequence number of the packet, unwrapped
     */
    void add(long sequence, RtpPacket packet) {
        if (!started) {
            started = true;
            next = sequence;
            highest = sequence;
        }
        if (sequence < next || sequence < next + CAPACITY && slots[slot(sequence)] != null) {
            counters.add(SessionCounter.PACKETS_DUPLICATE);
            return;
        }
        if (sequence >= next + CAPACITY) {
            giveUpAll();
            // A gap this large is not loss: the sender changed its numbering. The timestamp gives the pause's length.
            next = sequence;
        }
        if (sequence < highest) {
            counters.add(SessionCounter.PACKETS_REORDERED);
        }
        highest = Math.max(highest, sequence);
        slots[slot(sequence)] = packet;
        buffered++;
        release(0);
    }

    /**
     * Gives up missing packets if later ones have waited for them long enough.
     *
     * @param waitNanos the longest wait
     */
    void giveUp(long nowNanos, long waitNanos) {
        while (buffered > 0 && nowNanos - slots[slot(firstBuffered())].arrivalNanos() >= waitNanos) {
            giveUpFirstGap();
        }
    }

    /** Releases all buffered packets, and counts the gaps between them as lost. */
    void giveUpAll() {
        while (buffered > 0) {
            giveUpFirstGap();
        }
    }

    /** Releases all packets and prepares for another source. */
    void reset() {
        giveUpAll();
        started = false;
    }

    private void giveUpFirstGap() {
        long first = firstBuffered();
        int lost = (int) (first - next);
        counters.add(SessionCounter.PACKETS_LOST, lost);
        next = first;
        release(lost);
    }

    private void release(int lostBefore) {
        int lost = lostBefore;
        for (RtpPacket packet = slots[slot(next)]; packet != null; packet = slots[slot(next)]) {
            slots[slot(next)] = null;
            buffered--;
            next++;
            output.packet(packet, lost);
            lost = 0;
        }
    }

    private long firstBuffered() {
        long first = next;
        while (slots[slot(first)] == null) {
            first++;
        }
        return first;
    }

    private static int slot(long sequence) {
        return (int) Math.floorMod(sequence, (long) CAPACITY);
    }
}

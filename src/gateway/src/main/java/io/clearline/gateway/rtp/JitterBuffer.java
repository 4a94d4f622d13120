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
 * Puts packets in order. What is next in turn goes on at once: only behind a missing packet does anything wait, and no
 * longer than that packet may still be under way. So packets in order have no delay here; the play-out has the one
 * delay that covers jitter, Kafka and model together. Thread-confined.
 */
final class JitterBuffer {
    /** More than a second of packets of 20 ms. */
    private static final int CAPACITY = 64;

    /** Takes packets in order. */
    interface Output {
        /** @param lostBefore how many are missing between the packet before and this one */
        void packet(RtpPacket packet, int lostBefore);
    }

    private final RtpPacket[] slots = new RtpPacket[CAPACITY];
    private final Output output;
    private final SessionCounters counters;
    private boolean started;
    private long next;
    private long highest;
    private int held;

    JitterBuffer(Output output, SessionCounters counters) {
        this.output = output;
        this.counters = counters;
    }

    /** Takes a packet. {@code sequence} is unwrapped. */
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
            // So many are no loss but a sender that counts otherwise; the timestamp tells how long it was silent.
            next = sequence;
        }
        if (sequence < highest) {
            counters.add(SessionCounter.PACKETS_REORDERED);
        }
        highest = Math.max(highest, sequence);
        slots[slot(sequence)] = packet;
        held++;
        release(0);
    }

    /** Gives up the missing packets that others have waited for long enough. */
    void giveUp(long nowNanos, long waitNanos) {
        while (held > 0 && nowNanos - slots[slot(firstHeld())].arrivalNanos() >= waitNanos) {
            giveUpFirstGap();
        }
    }

    /** Releases everything, with its gaps. */
    void giveUpAll() {
        while (held > 0) {
            giveUpFirstGap();
        }
    }

    /** Forgets everything: another source begins. */
    void reset() {
        giveUpAll();
        started = false;
    }

    private void giveUpFirstGap() {
        long first = firstHeld();
        int lost = (int) (first - next);
        counters.add(SessionCounter.PACKETS_LOST, lost);
        next = first;
        release(lost);
    }

    private void release(int lostBefore) {
        int lost = lostBefore;
        for (RtpPacket packet = slots[slot(next)]; packet != null; packet = slots[slot(next)]) {
            slots[slot(next)] = null;
            held--;
            next++;
            output.packet(packet, lost);
            lost = 0;
        }
    }

    private long firstHeld() {
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

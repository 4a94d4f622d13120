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

/** Measures loss and jitter of what a peer sends, as RFC 3550 defines them (6.4.1, A.3, A.8). Thread-confined. */
final class ReceptionMeter {
    /** The jitter is a moving average with the gain 1/16 (RFC 3550, A.8). */
    private static final int SMOOTHING = 16;

    private boolean started;
    private long firstSequence;
    private long highestSequence;
    private long received;
    private long expectedAtReport;
    private long receivedAtReport;
    private int lastTimestamp;
    private long lastArrivalNanos;
    private long jitterNanos;
    private int senderNtp;
    private long senderReportNanos;

    /**
     * Takes a packet into account.
     *
     * @param sequence its sequence number, unwrapped
     * @param clockRateHz of its timestamp
     */
    void received(RtpPacket packet, long sequence, int clockRateHz) {
        if (!started) {
            started = true;
            firstSequence = sequence;
            highestSequence = sequence;
        } else {
            long mediaNanos = (packet.timestamp() - lastTimestamp) * 1_000_000_000L / clockRateHz;
            long variation = Math.abs(packet.arrivalNanos() - lastArrivalNanos - mediaNanos);
            jitterNanos += (variation - jitterNanos) / SMOOTHING;
        }
        received++;
        highestSequence = Math.max(highestSequence, sequence);
        lastTimestamp = packet.timestamp();
        lastArrivalNanos = packet.arrivalNanos();
    }

    /**
     * Remembers the time of the peer's sender report, which the next own report refers to.
     *
     * @param ntpMiddle the middle 32 bits of its NTP timestamp
     */
    void senderReport(int ntpMiddle, long nowNanos) {
        senderNtp = ntpMiddle;
        senderReportNanos = nowNanos;
    }

    /** Returns the statistics for a report. The loss fraction covers the time since the previous call. */
    Rtcp.Reception reception(int ssrc, int clockRateHz, long nowNanos) {
        long expected = highestSequence - firstSequence + 1;
        long expectedNow = expected - expectedAtReport;
        long lostNow = expectedNow - (received - receivedAtReport);
        expectedAtReport = expected;
        receivedAtReport = received;
        double fraction = expectedNow <= 0 ? 0 : Math.max(0, (double) lostNow / expectedNow);
        int jitterTicks = (int) (jitterNanos / 1000 * clockRateHz / 1_000_000);
        return new Rtcp.Reception(
                ssrc,
                fraction,
                (int) Math.max(0, expected - received),
                (int) highestSequence,
                jitterTicks,
                senderNtp,
                nowNanos - senderReportNanos);
    }

    /** Returns the current jitter, in nanoseconds. */
    long jitterNanos() {
        return jitterNanos;
    }

    /** Prepares for another source. */
    void reset() {
        started = false;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
        jitterNanos = 0;
        senderNtp = 0;
    }
}

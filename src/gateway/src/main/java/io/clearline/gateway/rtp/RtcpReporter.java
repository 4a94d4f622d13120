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
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The RTCP of a leg: counts what is sent, tells it every five seconds, and hears what the peer says. Thread-confined.
 */
final class RtcpReporter {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private int ssrc;
    private String cname = "";
    private int packets;
    private int octets;
    private int lastTimestamp;
    private long lastReportNanos;
    private InetSocketAddress peer;
    private volatile double peerLost;

    /** Begins for a new session. */
    void begin(String name) {
        ssrc = ThreadLocalRandom.current().nextInt();
        cname = name.length() > 200 ? name.substring(0, 200) : name;
        packets = 0;
        octets = 0;
        lastReportNanos = System.nanoTime();
        peer = null;
        peerLost = 0;
    }

    int ssrc() {
        return ssrc;
    }

    void sent(int timestamp, int payloadBytes) {
        packets++;
        octets += payloadBytes;
        lastTimestamp = timestamp;
    }

    /**
     * Hears the peer.
     *
     * @return whether it says good-bye
     * @throws BadPacketException when it is no RTCP
     */
    boolean received(byte[] bytes, InetSocketAddress from, RtpReceiver receiver, long nowNanos)
            throws BadPacketException {
        Rtcp.Report report = Rtcp.parse(bytes, ssrc);
        peer = from;
        if (report.senderNtpMiddle() != 0) {
            receiver.senderReport(report.senderNtpMiddle(), nowNanos);
        }
        if (report.lostFraction() >= 0) {
            peerLost = report.lostFraction();
        }
        return report.bye();
    }

    /** The report that is due now; null: none. */
    byte[] due(RtpReceiver receiver, long nowNanos) {
        if (nowNanos - lastReportNanos < INTERVAL_NANOS || packets == 0) {
            return null;
        }
        lastReportNanos = nowNanos;
        Rtcp.Reception reception = receiver.reception(nowNanos);
        return Rtcp.senderReport(ssrc, Instant.now(), lastTimestamp, packets, octets, reception, cname);
    }

    /** Where reports go: where the peer's come from, else beside its RTP. */
    InetSocketAddress peer(InetSocketAddress rtpPeer) {
        return peer != null
                ? peer
                : new InetSocketAddress(rtpPeer.getAddress(), Math.min(65_535, rtpPeer.getPort() + 1));
    }

    /** Share of our packets that the peer lost. Any thread. */
    double peerLost() {
        return peerLost;
    }
}

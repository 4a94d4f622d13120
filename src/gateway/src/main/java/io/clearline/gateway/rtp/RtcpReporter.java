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
 * The RTCP side of a leg: counts what is sent, reports it every five seconds, and receives the reports of the peer.
 * Thread-confined, except for {@link #peerLost}.
 */
final class RtcpReporter {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_CNAME_CHARS = 200;

    private int ssrc;
    private String cname = "";
    private int packets;
    private int octets;
    private int lastTimestamp;
    private long lastReportNanos;
    private InetSocketAddress peer;
    private volatile double peerLost;

    /**
     * Starts a session with a new SSRC.
     *
     * @param name the canonical name; cut after 200 characters, since RTCP limits it to 255 bytes
     */
    void begin(String name) {
        ssrc = ThreadLocalRandom.current().nextInt();
        cname = name.length() > MAX_CNAME_CHARS ? name.substring(0, MAX_CNAME_CHARS) : name;
        packets = 0;
        octets = 0;
        lastReportNanos = System.nanoTime();
        peer = null;
        peerLost = 0;
    }

    /** Returns the SSRC of what the gateway sends. */
    int ssrc() {
        return ssrc;
    }

    /** Counts a packet that was sent. */
    void sent(int timestamp, int payloadBytes) {
        packets++;
        octets += payloadBytes;
        lastTimestamp = timestamp;
    }

    /**
     * Takes a packet of the peer.
     *
     * @return whether the peer leaves (BYE)
     * @throws BadPacketException if it is not RTCP
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

    /** Returns the report that is due; null if none is. */
    byte[] due(RtpReceiver receiver, long nowNanos) {
        if (nowNanos - lastReportNanos < INTERVAL_NANOS || packets == 0) {
            return null;
        }
        lastReportNanos = nowNanos;
        Rtcp.Reception reception = receiver.reception(nowNanos);
        return Rtcp.senderReport(ssrc, Instant.now(), lastTimestamp, packets, octets, reception, cname);
    }

    /**
     * Returns where reports are sent: to the address from which the peer's reports come, or, before any came, to the
     * port above its RTP port.
     */
    InetSocketAddress peer(InetSocketAddress rtpPeer) {
        return peer != null
                ? peer
                : new InetSocketAddress(rtpPeer.getAddress(), Math.min(65_535, rtpPeer.getPort() + 1));
    }

    /** Returns the share of the gateway's packets that the peer reported as lost. Thread-safe. */
    double peerLost() {
        return peerLost;
    }
}

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
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.PassedPacket;
import io.clearline.gateway.media.RateLimit;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.SessionRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pair of ports, RTP and RTCP, with the session that runs on it. The peer is the one that was signalled, or else the
 * first that sends valid RTP (it is <i>latched</i>). Packets of other senders are refused, nothing is sent to them, and
 * the peer is never sent more packets than it sent itself. Enhanced audio returns to the peer from the same port, in
 * the encoding in which audio arrived. If keys were signalled, both directions are SRTP, and packets of another key
 * neither start a session nor enter one.
 *
 * <p>A leg without a signalled session serves one session after the other. A sender that continues after its session
 * was ended from outside does not start another: see {@link EndedCall}.
 *
 * <p>Confined to its loop, except where a method says otherwise.
 */
final class RtpLeg implements MediaSink, MediaLoop.Ticking, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RtpLeg.class);
    /**
     * The peer may change its port after this much silence, for example when a NAT binding expires. Its address must
     * not change.
     */
    private static final long RELATCH_NANOS = 2_000_000_000L;

    /** Differs from every SSRC, since an SSRC has 32 bits. */
    private static final long NO_SSRC = -1L << 32;

    /**
     * The first sequence number is random but below 2^15. Otherwise a receiver that loses the first packets of SRTP
     * could misjudge how often the sequence number has wrapped (RFC 3711, 3.3.1).
     */
    private static final int MAX_FIRST_SEQUENCE = 1 << 15;

    private final MediaLoop loop;
    private final SessionContext context;
    private final RtpPeers peers;
    private final RtpSocket rtp;
    private final RtpSocket rtcp;
    private final RtcpReporter reporter = new RtcpReporter();
    private final PacketProtection protection = new PacketProtection();
    private final RateLimit rate;
    /** Limits log lines: a refused sender continues, and every packet of it is counted but not logged. */
    private final RateLimit warnings = new RateLimit(1);

    /** The source for which an undescribed payload type was logged last. */
    private long warnedSsrc = NO_SSRC;

    private volatile RtpRequest request = RtpRequest.UNSIGNALLED;
    private InetSocketAddress peer;
    /** The last call if it was ended from outside; null otherwise, and once the next call is signalled. */
    private EndedCall ended;

    private volatile MediaSession session;
    private RtpReceiver receiver;
    private long lastPacketNanos;
    private int sequence;
    private volatile boolean closed;

    /**
     * Opens the ports. Must not be called on an audio loop.
     *
     * @param port even; RTCP uses the port above
     * @throws IOException if a port cannot be opened; the message names it
     */
    static RtpLeg open(MediaLoop loop, SessionContext context, InetAddress address, int port, RtpPeers peers)
            throws IOException {
        RtpLeg leg = new RtpLeg(loop, context, address, port, peers);
        loop.executor().execute(() -> loop.add(leg));
        return leg;
    }

    private RtpLeg(MediaLoop loop, SessionContext context, InetAddress address, int port, RtpPeers peers)
            throws IOException {
        this.loop = loop;
        this.context = context;
        this.peers = peers;
        rate = new RateLimit(context.settings().maxPacketsPerSecond());
        rtp = RtpSocket.open(loop.executor(), address, port, this::rtpDatagram);
        try {
            rtcp = RtpSocket.open(loop.executor(), address, port + 1, this::rtcpDatagram);
        } catch (IOException e) {
            rtp.close();
            throw e;
        }
    }

    private void rtpDatagram(byte[] bytes, InetSocketAddress from, long arrivalNanos) {
        if (closed || !peers.allows(from, request) || ended != null && ended.isStillSending(from, arrivalNanos)) {
            refuse();
            return;
        }
        if (RtpPacket.isRtcp(bytes)) {
            rtcpDatagram(bytes, from, arrivalNanos);
            return;
        }
        try {
            RtpPacket packet = RtpPacket.parse(protection.unprotectRtp(bytes), arrivalNanos);
            if (!request.types().knows(packet.payloadType())) {
                undescribed(from, packet);
            } else if (isPeer(from, packet)) {
                take(packet);
            } else {
                refuse();
            }
        } catch (BadPacketException e) {
            counters().add(e.counter());
        }
    }

    private void refuse() {
        counters().add(SessionCounter.PACKETS_REFUSED);
    }

    private SessionCounters counters() {
        MediaSession now = session;
        return now == null ? context.counters() : now.counters();
    }

    /**
     * Logs once per source that its payload type is unknown. An operator who forgot the SDP would otherwise see nothing
     * but silence.
     */
    private void undescribed(InetSocketAddress from, RtpPacket packet) {
        counters().add(SessionCounter.PACKETS_UNDESCRIBED);
        if (packet.ssrc() != warnedSsrc && warnings.allows(packet.arrivalNanos())) {
            warnedSsrc = packet.ssrc();
            LOGGER.warn(
                    "RTP from {} to port {} has the unknown payload type {}; its packets are dropped. Expected one of"
                            + " {}. For other types, announce the call before it starts, with --sdp FILE or by sending"
                            + " its SDP to POST /sessions?stream=ID, which returns the port to send to.",
                    from,
                    rtp.port(),
                    packet.payloadType(),
                    request.types());
        }
    }

    /**
     * Returns whether a packet comes from the peer. Latches the sender if the session has no peer yet, and starts a
     * session if there is none.
     */
    private boolean isPeer(InetSocketAddress from, RtpPacket packet) {
        if (session != null && from.equals(peer)) {
            return true;
        }
        boolean moved = session != null
                && peer != null
                && from.getAddress().equals(peer.getAddress())
                && packet.arrivalNanos() - lastPacketNanos > RELATCH_NANOS;
        if (moved || session != null && peer == null) {
            peer = from;
            return true;
        }
        return session == null && begin(from, packet);
    }

    private boolean begin(InetSocketAddress from, RtpPacket packet) {
        MediaFormat format = request.types().format(packet.payloadType());
        if (format == null || !peers.acceptsSessions()) {
            return false;
        }
        try {
            String id = request.streamId() == null ? peers.newStreamId(rtp.port()) : request.streamId();
            session = MediaSession.open(id, from.getAddress().getHostAddress(), format, this, context, loop);
        } catch (SessionRefusedException e) {
            if (warnings.allows(packet.arrivalNanos())) {
                LOGGER.warn("RTP from {} to port {} is refused: {}", from, rtp.port(), e.getMessage());
            }
            return false;
        }
        peer = from;
        receiver = new RtpReceiver(request.types(), session);
        sequence = ThreadLocalRandom.current().nextInt(MAX_FIRST_SEQUENCE);
        reporter.begin(session.streamId());
        return true;
    }

    private void take(RtpPacket packet) {
        lastPacketNanos = packet.arrivalNanos();
        if (!rate.allows(packet.arrivalNanos())) {
            session.counters().add(SessionCounter.PACKETS_OVER_RATE);
            return;
        }
        receiver.receive(packet);
    }

    private void rtcpDatagram(byte[] bytes, InetSocketAddress from, long arrivalNanos) {
        if (session == null || peer == null) {
            // Senders may report before their first audio packet; without a session there is nothing to report on.
            return;
        }
        if (!from.getAddress().equals(peer.getAddress())) {
            refuse();
            return;
        }
        try {
            byte[] packet = protection.unprotectRtcp(bytes);
            if (reporter.received(packet, from, receiver, arrivalNanos) && request.streamId() == null) {
                endSession();
            }
        } catch (BadPacketException e) {
            counters().add(e.counter());
        }
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        send(receiver.payloadType(), startsSpurt, ticks, payload, length);
    }

    @Override
    public void passOn(PassedPacket packet) {
        send(packet.payloadType(), packet.marker(), packet.ticks(), packet.payload(), packet.payload().length);
    }

    private void send(int type, boolean marker, long ticks, byte[] payload, int length) {
        if (peer != null) {
            // Timestamps of the source are kept, as by a translator (RFC 3550, 7.2), so that the peer can tell which of
            // its frames returns.
            int timestamp = (int) ticks;
            InetSocketAddress target = request.returnTo() == null ? peer : request.returnTo();
            byte[] packet =
                    RtpPacket.write(type, marker, sequence++ & 0xffff, timestamp, reporter.ssrc(), payload, length);
            rtp.send(protection.protectRtp(packet), target);
            reporter.sent(timestamp, length);
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (session == null) {
            return;
        }
        receiver.tick(nowNanos);
        byte[] report = reporter.due(receiver, nowNanos);
        if (report != null && peer != null) {
            rtcp.send(protection.protectRtcp(report), reporter.peer(peer));
        }
        boolean idle =
                nowNanos - lastPacketNanos > context.settings().idleTimeout().toNanos();
        if (request.streamId() == null && idle) {
            endSession();
        }
    }

    private void endSession() {
        if (session != null) {
            receiver.flush();
            session.end();
            session = null;
            peer = null;
        }
    }

    /** Returns the RTP port. Thread-safe. */
    int port() {
        return rtp.port();
    }

    /** Returns the running session; null if there is none. Thread-safe. */
    MediaSession session() {
        return session;
    }

    /** Returns what was signalled. Thread-safe. */
    RtpRequest request() {
        return request;
    }

    /**
     * Reserves the leg for a signalled session. Must be called on the loop.
     *
     * @return false if the leg is in use
     */
    boolean assign(RtpRequest signalled) {
        if (closed || session != null || request != RtpRequest.UNSIGNALLED) {
            return false;
        }
        request = signalled;
        ended = null;
        protection.begin(signalled.srtp());
        lastPacketNanos = System.nanoTime();
        return true;
    }

    /** Ends the session, signalled or not, and frees the leg for other senders. Must be called on the loop. */
    void release() {
        long quietNanos = context.settings().idleTimeout().toNanos();
        ended = new EndedCall(peer, request.srtp() != null, quietNanos, System.nanoTime());
        endSession();
        protection.end();
        request = RtpRequest.UNSIGNALLED;
    }

    /** Returns whether no peer of an ended call may still be sending here. Must be called on the loop. */
    boolean isQuiet() {
        return ended == null || ended.isOver(System.nanoTime());
    }

    MediaLoop loop() {
        return loop;
    }

    /** Ends the session and closes the ports. Thread-safe; returns before that is done. */
    @Override
    public void close() {
        closed = true;
        loop.executor().execute(() -> {
            endSession();
            protection.end();
            loop.remove(this);
            rtp.close();
            rtcp.close();
        });
    }
}

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

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.srtp.SrtpSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/**
 * The range of RTP ports. Every even port listens from the start and serves any allowed sender; a signalled session
 * reserves a free one for itself. Thread-safe, but must not be used on an audio loop.
 */
public final class RtpPorts implements AutoCloseable {
    private final MediaLoops loops;
    private final SessionContext context;
    private final InetAddress address;
    private final RtpPeers peers;
    private final Map<Integer, RtpLeg> legs = new ConcurrentSkipListMap<>();

    private RtpPorts(MediaLoops loops, SessionContext context, InetAddress address, RtpPeers peers) {
        this.loops = loops;
        this.context = context;
        this.address = address;
        this.peers = peers;
    }

    /**
     * Opens the ports of a range. An even port carries RTP, the odd port above it RTCP.
     *
     * @param where the address and the range
     * @param allowed senders that may start a session without being signalled
     * @param accepting whether new sessions may start
     * @throws IOException if a port cannot be opened; the message names it, and all others are closed again
     */
    public static RtpPorts open(
            MediaLoops loops,
            SessionContext context,
            RtpAddress where,
            AllowList allowed,
            StreamIds ids,
            BooleanSupplier accepting)
            throws IOException {
        RtpPorts ports = new RtpPorts(loops, context, where.address(), new RtpPeers(allowed, ids, accepting));
        try {
            for (int port = where.firstPort() + where.firstPort() % 2; port + 1 <= where.lastPort(); port += 2) {
                ports.legs.put(port, RtpLeg.open(loops.next(), context, ports.address, port, ports.peers));
            }
        } catch (IOException e) {
            ports.close();
            throw e;
        }
        return ports;
    }

    /**
     * Reserves a free port for a session that a session description announces.
     *
     * @param streamId the key of the session's records in Kafka
     * @param returnTo where enhanced audio is sent; null sends it back to where the audio comes from
     * @return the port to which the peer sends RTP
     * @throws SessionRefusedException if no port is free
     */
    public int signal(String streamId, SdpDescription description, InetSocketAddress returnTo)
            throws SessionRefusedException {
        if (description.srtp() != null) {
            SrtpSession.warmUp();
        }
        PayloadTypes types = new PayloadTypes(description.audio(), description.passed());
        RtpRequest request = new RtpRequest(streamId, types, description.peer(), returnTo, description.srtp());
        // Ports on which the peer of an ended call may still be sending are used only if no other port is free.
        for (boolean quiet : new boolean[] {true, false}) {
            for (RtpLeg leg : legs.values()) {
                if (leg.session() == null && onLoop(leg, () -> (!quiet || leg.isQuiet()) && leg.assign(request))) {
                    return leg.port();
                }
            }
        }
        throw new SessionRefusedException(
                "All " + legs.size() + " RTP ports are in use. Try again later, or set a wider range with --rtp.");
    }

    private static boolean onLoop(RtpLeg leg, Callable<Boolean> work) {
        return leg.loop().executor().submit(work).syncUninterruptibly().getNow();
    }

    /**
     * Ends the session of a stream.
     *
     * @return whether the stream had a session
     */
    public boolean end(String streamId) {
        for (RtpLeg leg : legs.values()) {
            boolean signalled = streamId.equals(leg.request().streamId());
            MediaSession session = leg.session();
            boolean running = session != null && session.streamId().equals(streamId);
            if (signalled || running) {
                leg.loop().executor().submit(leg::release).syncUninterruptibly();
                return true;
            }
        }
        return false;
    }

    /** Returns the RTP ports in ascending order. */
    public List<Integer> ports() {
        return List.copyOf(legs.keySet());
    }

    /** Ends all sessions and closes all ports. */
    @Override
    public void close() {
        new ArrayList<>(legs.values()).forEach(RtpLeg::close);
        legs.clear();
    }
}

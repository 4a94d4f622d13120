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
import io.clearline.gateway.srtp.SrtpException;
import io.clearline.gateway.srtp.SrtpKeys;
import io.clearline.gateway.srtp.SrtpSession;

/**
 * Converts the packets of a leg to and from their form on the wire: unchanged, or SRTP if keys were signalled.
 * Thread-confined.
 */
final class PacketProtection {
    /** One of the two unprotect methods of a session. */
    private interface Opening {
        byte[] apply(byte[] datagram) throws SrtpException;
    }

    /** Null while packets are plain. */
    private SrtpSession srtp;

    /**
     * Starts a call, and ends the previous one.
     *
     * @param keys null if the packets of the call are plain
     */
    void begin(SrtpKeys keys) {
        end();
        srtp = keys == null ? null : new SrtpSession(keys);
    }

    /** Ends the call and erases its keys. */
    void end() {
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    byte[] protectRtp(byte[] packet) {
        return srtp == null ? packet : srtp.protectRtp(packet);
    }

    byte[] protectRtcp(byte[] packet) {
        return srtp == null ? packet : srtp.protectRtcp(packet);
    }

    /** @throws BadPacketException if the packet is forged, replayed or malformed */
    byte[] unprotectRtp(byte[] datagram) throws BadPacketException {
        return srtp == null ? datagram : unprotect(datagram, srtp::unprotectRtp);
    }

    /** @throws BadPacketException if the packet is forged, replayed or malformed */
    byte[] unprotectRtcp(byte[] datagram) throws BadPacketException {
        return srtp == null ? datagram : unprotect(datagram, srtp::unprotectRtcp);
    }

    private static byte[] unprotect(byte[] datagram, Opening opening) throws BadPacketException {
        try {
            return opening.apply(datagram);
        } catch (SrtpException e) {
            throw switch (e.reason()) {
                case UNAUTHENTICATED ->
                    new BadPacketException("not of the call's key", SessionCounter.PACKETS_UNAUTHENTICATED);
                case REPLAYED -> new BadPacketException("replayed", SessionCounter.PACKETS_DUPLICATE);
                case MALFORMED -> new BadPacketException("not an SRTP packet");
            };
        }
    }
}

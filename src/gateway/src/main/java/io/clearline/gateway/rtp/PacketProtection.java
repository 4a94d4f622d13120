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

/** The packets of a leg as they are on the wire: plain, or SRTP where keys were signalled. Thread-confined. */
final class PacketProtection {
    /** A way through the session. */
    private interface Opening {
        byte[] apply(byte[] datagram) throws SrtpException;
    }

    /** Null: the packets are plain. */
    private SrtpSession srtp;

    /** @param keys null: what comes and goes from now on is plain */
    void begin(SrtpKeys keys) {
        end();
        srtp = keys == null ? null : new SrtpSession(keys);
    }

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

    /** @throws BadPacketException when the call's key has not made it, or it came before */
    byte[] unprotectRtp(byte[] datagram) throws BadPacketException {
        return srtp == null ? datagram : unprotect(datagram, srtp::unprotectRtp);
    }

    /** @throws BadPacketException when the call's key has not made it, or it came before */
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
                case REPLAYED -> new BadPacketException("came before", SessionCounter.PACKETS_DUPLICATE);
                case MALFORMED -> new BadPacketException("no SRTP");
            };
        }
    }
}

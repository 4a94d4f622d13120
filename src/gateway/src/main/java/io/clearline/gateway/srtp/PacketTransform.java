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
package io.clearline.gateway.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtpErrorStatus;

/**
 * Protects or unprotects packets of one kind, RTP or RTCP. Keeps a context for each source (SSRC), which holds its
 * packet counter and replay window. Thread-confined.
 *
 * @param <C> the context of a source
 */
final class PacketTransform<C> {
    /**
     * Limit of the number of sources, which otherwise would grow with every change of SSRC during a call. Only a sender
     * with the key can add one.
     */
    private static final int MAX_SOURCES = 64;

    /** Derives the context of a new source from the master key. */
    interface Derivation<C> {
        C derive(int ssrc) throws GeneralSecurityException;
    }

    /** Transforms a packet in place. */
    interface Step<C> {
        SrtpErrorStatus apply(C context, PacketBuffer packet) throws GeneralSecurityException;
    }

    private final int ssrcOffset;
    private final int minBytes;
    private final Derivation<C> derivation;
    private final Step<C> step;
    private final Map<Integer, C> contexts = new HashMap<>();

    /**
     * Makes a transform without any source.
     *
     * @param ssrcOffset offset of the SSRC in a packet
     * @param minBytes length of the shortest valid packet
     */
    PacketTransform(int ssrcOffset, int minBytes, Derivation<C> derivation, Step<C> step) {
        this.ssrcOffset = ssrcOffset;
        this.minBytes = minBytes;
        this.derivation = derivation;
        this.step = step;
    }

    /**
     * Transforms a packet. The source is remembered only if that succeeds.
     *
     * @return the transformed copy
     * @throws SrtpException if the packet is forged, replayed or malformed, or has one source too many
     */
    byte[] apply(byte[] packet) throws SrtpException {
        if (packet.length < minBytes) {
            throw SrtpException.of(SrtpErrorStatus.INVALID_PACKET);
        }
        try {
            int ssrc = ssrc(packet);
            C known = contexts.get(ssrc);
            C context = known == null ? derivation.derive(ssrc) : known;
            PacketBuffer buffer = new PacketBuffer(packet);
            SrtpErrorStatus status = step.apply(context, buffer);
            boolean full = known == null && contexts.size() >= MAX_SOURCES;
            if (status != SrtpErrorStatus.OK || full) {
                throw SrtpException.of(full ? SrtpErrorStatus.FAIL : status);
            }
            contexts.put(ssrc, context);
            return buffer.toBytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no AES or no HMAC-SHA1.", e);
        }
    }

    private int ssrc(byte[] packet) {
        return (packet[ssrcOffset] & 0xff) << 24
                | (packet[ssrcOffset + 1] & 0xff) << 16
                | (packet[ssrcOffset + 2] & 0xff) << 8
                | packet[ssrcOffset + 3] & 0xff;
    }
}

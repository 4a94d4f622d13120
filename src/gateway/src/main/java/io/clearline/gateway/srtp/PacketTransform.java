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
 * Protects, or opens, packets of one kind, each with the state of its source: the packets counted, and those that came.
 * Thread-confined.
 *
 * @param <C> the state of a source
 */
final class PacketTransform<C> {
    /** A call changes its source now and then; only who has the key makes a source known. */
    private static final int MAX_SOURCES = 64;

    /** Makes the state of a new source. */
    interface Derivation<C> {
        C derive(int ssrc) throws GeneralSecurityException;
    }

    /** Changes a packet in place. */
    interface Step<C> {
        SrtpErrorStatus apply(C context, PacketBuffer packet) throws GeneralSecurityException;
    }

    private final int ssrcAt;
    private final int minBytes;
    private final Derivation<C> derivation;
    private final Step<C> step;
    private final Map<Integer, C> contexts = new HashMap<>();

    /**
     * @param ssrcAt where a packet has its source
     * @param minBytes of a packet that is one
     */
    PacketTransform(int ssrcAt, int minBytes, Derivation<C> derivation, Step<C> step) {
        this.ssrcAt = ssrcAt;
        this.minBytes = minBytes;
        this.derivation = derivation;
        this.step = step;
    }

    /** @throws SrtpException when the packet is forged, came before, or is none */
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
            throw new IllegalStateException("This Java has no AES or no HMAC-SHA1", e);
        }
    }

    private int ssrc(byte[] packet) {
        return (packet[ssrcAt] & 0xff) << 24
                | (packet[ssrcAt + 1] & 0xff) << 16
                | (packet[ssrcAt + 2] & 0xff) << 8
                | packet[ssrcAt + 3] & 0xff;
    }
}

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

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Protects the RTP and RTCP packets that a call sends, and unprotects those that it receives, with
 * AES_CM_128_HMAC_SHA1_80. Rejects packets that are forged or replayed. The context of a source is kept as long as the
 * call lasts; a source that was forgotten could be replayed. Thread-confined.
 */
public final class SrtpSession implements AutoCloseable {
    private static final int AUTHENTICATION_KEY_BYTES = 20;
    private static final int TAG_BYTES = 10;
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTP_SSRC_OFFSET = 8;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int RTCP_SSRC_OFFSET = 4;
    private static final int RTCP_INDEX_BYTES = 4;

    /**
     * The logger of jitsi-srtp, which would report every start. Referenced here, since the JDK forgets the level of a
     * logger that is garbage-collected.
     */
    private static final Logger LIBRARY_LOGGER = Logger.getLogger("org.jitsi");

    static {
        LIBRARY_LOGGER.setLevel(Level.WARNING);
        // Otherwise the library benchmarks every provider while the first packet of the first call waits.
        Aes.setFactoryClassName("SunJCE");
    }

    /** Loads the library by a round trip, once, when this class is initialised. */
    private static final class Library {
        static {
            SrtpKey key = SrtpKey.random();
            try (SrtpSession session = new SrtpSession(new SrtpKeys(1, key, key))) {
                session.unprotectRtp(session.protectRtp(new byte[RTP_HEADER_BYTES]));
                session.unprotectRtcp(session.protectRtcp(new byte[RTCP_HEADER_BYTES]));
            } catch (SrtpException e) {
                throw new IllegalStateException("SRTP cannot unprotect its own packet: " + e.reason(), e);
            }
        }

        private static void load() {}
    }

    private final SrtpContextFactory inbound;
    private final SrtpContextFactory outbound;
    private final PacketTransform<SrtpCryptoContext> rtpIn;
    private final PacketTransform<SrtcpCryptoContext> rtcpIn;
    private final PacketTransform<SrtpCryptoContext> rtpOut;
    private final PacketTransform<SrtcpCryptoContext> rtcpOut;

    /** Starts a session without any source. */
    public SrtpSession(SrtpKeys keys) {
        inbound = factory(false, keys.peer());
        outbound = factory(true, keys.local());
        rtpIn = new PacketTransform<>(
                RTP_SSRC_OFFSET,
                RTP_HEADER_BYTES + TAG_BYTES,
                ssrc -> inbound.deriveContext(ssrc, 0),
                (context, packet) -> context.reverseTransformPacket(packet, false));
        rtcpIn = new PacketTransform<>(
                RTCP_SSRC_OFFSET,
                RTCP_HEADER_BYTES + RTCP_INDEX_BYTES + TAG_BYTES,
                inbound::deriveControlContext,
                SrtcpCryptoContext::reverseTransformPacket);
        rtpOut = new PacketTransform<>(
                RTP_SSRC_OFFSET,
                RTP_HEADER_BYTES,
                ssrc -> outbound.deriveContext(ssrc, 0),
                SrtpCryptoContext::transformPacket);
        rtcpOut = new PacketTransform<>(
                RTCP_SSRC_OFFSET,
                RTCP_HEADER_BYTES,
                outbound::deriveControlContext,
                SrtcpCryptoContext::transformPacket);
    }

    /**
     * Loads the library and its ciphers, which takes about a second the first time. Must not be called on an audio
     * loop.
     */
    public static void warmUp() {
        Library.load();
    }

    private static SrtpContextFactory factory(boolean sender, SrtpKey key) {
        LoggerImpl logger = new LoggerImpl(SrtpSession.class.getName());
        return new SrtpContextFactory(sender, key.key(), key.salt(), policy(), policy(), logger);
    }

    private static SrtpPolicy policy() {
        return new SrtpPolicy(
                SrtpPolicy.AESCM_ENCRYPTION,
                SrtpKey.KEY_BYTES,
                SrtpPolicy.HMACSHA1_AUTHENTICATION,
                AUTHENTICATION_KEY_BYTES,
                TAG_BYTES,
                SrtpKey.SALT_BYTES);
    }

    /**
     * Returns an RTP packet as it is sent.
     *
     * @param packet sequence numbers of a source must increase by one from packet to packet
     */
    public byte[] protectRtp(byte[] packet) {
        return protect(rtpOut, packet);
    }

    /** Returns a compound RTCP packet as it is sent. */
    public byte[] protectRtcp(byte[] packet) {
        return protect(rtcpOut, packet);
    }

    private static byte[] protect(PacketTransform<?> transform, byte[] packet) {
        try {
            return transform.apply(packet);
        } catch (SrtpException e) {
            throw new IllegalStateException("The gateway's own packet cannot be protected: " + e.reason(), e);
        }
    }

    /**
     * Returns the RTP packet in a datagram.
     *
     * @throws SrtpException if the datagram is forged, replayed or malformed
     */
    public byte[] unprotectRtp(byte[] datagram) throws SrtpException {
        return rtpIn.apply(datagram);
    }

    /**
     * Returns the compound RTCP packet in a datagram.
     *
     * @throws SrtpException if the datagram is forged, replayed or malformed
     */
    public byte[] unprotectRtcp(byte[] datagram) throws SrtpException {
        return rtcpIn.apply(datagram);
    }

    /** Erases the master keys from memory. */
    @Override
    public void close() {
        inbound.close();
        outbound.close();
    }
}

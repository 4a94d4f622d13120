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
 * Protects what is sent of a call and opens what comes, RTP and RTCP, with AES_CM_128_HMAC_SHA1_80. Packets that are
 * forged or come again are refused. It keeps the state of each source for as long as the call lasts: one that was
 * forgotten could be replayed. Thread-confined.
 */
public final class SrtpSession implements AutoCloseable {
    private static final int AUTHENTICATION_KEY_BYTES = 20;
    private static final int TAG_BYTES = 10;
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTP_SSRC_AT = 8;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int RTCP_SSRC_AT = 4;
    private static final int RTCP_INDEX_BYTES = 4;

    /** The library's, which reports each start otherwise; kept, or its level is forgotten. */
    private static final Logger LIBRARY_LOGGER = Logger.getLogger("org.jitsi");

    static {
        LIBRARY_LOGGER.setLevel(Level.WARNING);
        // Else the first packet of the first call waits until each provider's speed has been measured.
        Aes.setFactoryClassName("SunJCE");
    }

    /** Runs once, when it is first named. */
    private static final class Library {
        static {
            SrtpKey key = SrtpKey.random();
            try (SrtpSession session = new SrtpSession(new SrtpKeys(1, key, key))) {
                session.unprotectRtp(session.protectRtp(new byte[RTP_HEADER_BYTES]));
                session.unprotectRtcp(session.protectRtcp(new byte[RTCP_HEADER_BYTES]));
            } catch (SrtpException e) {
                throw new IllegalStateException("SRTP does not open what it has protected: " + e.reason(), e);
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

    public SrtpSession(SrtpKeys keys) {
        inbound = factory(false, keys.peer());
        outbound = factory(true, keys.ours());
        rtpIn = new PacketTransform<>(
                RTP_SSRC_AT,
                RTP_HEADER_BYTES + TAG_BYTES,
                ssrc -> inbound.deriveContext(ssrc, 0),
                (context, packet) -> context.reverseTransformPacket(packet, false));
        rtcpIn = new PacketTransform<>(
                RTCP_SSRC_AT,
                RTCP_HEADER_BYTES + RTCP_INDEX_BYTES + TAG_BYTES,
                inbound::deriveControlContext,
                SrtcpCryptoContext::reverseTransformPacket);
        rtpOut = new PacketTransform<>(
                RTP_SSRC_AT,
                RTP_HEADER_BYTES,
                ssrc -> outbound.deriveContext(ssrc, 0),
                SrtpCryptoContext::transformPacket);
        rtcpOut = new PacketTransform<>(
                RTCP_SSRC_AT, RTCP_HEADER_BYTES, outbound::deriveControlContext, SrtcpCryptoContext::transformPacket);
    }

    /**
     * Loads the library and its ciphers, which takes a second the first time; not on a loop, whose calls would wait for
     * it with the first packet.
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

    /** An RTP packet of ours as it is sent; the sequence of a source goes up by one from packet to packet. */
    public byte[] protectRtp(byte[] packet) {
        return protect(rtpOut, packet);
    }

    /** A compound RTCP packet of ours as it is sent. */
    public byte[] protectRtcp(byte[] packet) {
        return protect(rtcpOut, packet);
    }

    private static byte[] protect(PacketTransform<?> transform, byte[] packet) {
        try {
            return transform.apply(packet);
        } catch (SrtpException e) {
            throw new IllegalStateException("A packet of ours can't be protected: " + e.reason(), e);
        }
    }

    /**
     * The RTP packet in a datagram.
     *
     * @throws SrtpException when it is forged, came before, or is none
     */
    public byte[] unprotectRtp(byte[] datagram) throws SrtpException {
        return rtpIn.apply(datagram);
    }

    /**
     * The compound RTCP packet in a datagram.
     *
     * @throws SrtpException when it is forged, came before, or is none
     */
    public byte[] unprotectRtcp(byte[] datagram) throws SrtpException {
        return rtcpIn.apply(datagram);
    }

    /** Forgets the master keys. */
    @Override
    public void close() {
        inbound.close();
        outbound.close();
    }
}

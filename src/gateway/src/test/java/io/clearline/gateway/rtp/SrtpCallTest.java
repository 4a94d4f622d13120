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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.FreePorts;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.srtp.SrtpKey;
import io.clearline.gateway.srtp.SrtpKeys;
import io.clearline.gateway.srtp.SrtpSession;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SRTP calls on real sockets. Kafka and the job are replaced by a fake. */
class SrtpCallTest {
    private static final int SSRC = 0x1234;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private RtpPorts ports;
    private int port;
    private SrtpSession peerSide;

    @BeforeEach
    void signal() throws Exception {
        port = FreePorts.pairs(1);
        ports = RtpPorts.open(
                loops,
                job.context(SessionSettings.DEFAULT),
                new RtpAddress(InetAddress.getLoopbackAddress(), port, port + 1),
                AllowList.EVERYONE,
                new StreamIds("test"),
                () -> true);
        SrtpKey peerKey = SrtpKey.random();
        SdpDescription description = SdpDescription.parse("v=0\nm=audio 5000 RTP/SAVP 0\n"
                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + peerKey.base64() + "\n");
        ports.signal("call", description, null);
        peerSide = new SrtpSession(new SrtpKeys(1, description.srtp().local(), peerKey));
    }

    @AfterEach
    void close() {
        ports.close();
        loops.close();
        job.close();
    }

    private static byte[] packet(int sequence) {
        byte[] payload = new byte[Payloads.FRAME];
        return RtpPacket.write(0, false, sequence, sequence * Payloads.FRAME, SSRC, payload, payload.length);
    }

    private void awaitCount(SessionCounter counter, int count) {
        await().atMost(TIMEOUT).until(() -> job.counters().get(counter) == count);
    }

    @Test
    void aCallIsReceivedAndReturnedWithItsKeys() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            for (int i = 0; i < 3; i++) {
                peer.send(peerSide.protectRtp(packet(i)));
            }
            await().atMost(TIMEOUT).until(() -> peer.datagrams().size() == 3);
            assertThat(job.frames("call")).hasSize(3);
            for (byte[] datagram : peer.datagrams()) {
                byte[] opened = peerSide.unprotectRtp(datagram);
                assertThat(datagram).hasSize(opened.length + 10);
                assertThat(RtpPacket.parse(opened, 0).payload()).hasSize(Payloads.FRAME);
            }
        }
    }

    @Test
    void aCallWithAnOutOfBandKeyIsReceivedAndReturned() throws Exception {
        ports.end("call");
        SrtpKeys keys = SrtpKeys.of(1, SrtpKey.random());
        ports.signal("next", SdpDescription.parse("v=0\nm=audio 5000 RTP/SAVP 0\n", keys), null);
        SrtpSession nextSide = new SrtpSession(new SrtpKeys(1, keys.local(), keys.peer()));
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(nextSide.protectRtp(packet(1)));
            await().atMost(TIMEOUT).until(() -> peer.datagrams().size() == 1);
            assertThat(RtpPacket.parse(nextSide.unprotectRtp(peer.datagrams().get(0)), 0)
                            .payload())
                    .hasSize(Payloads.FRAME);
            assertThat(job.frames("next")).hasSize(1);
        }
    }

    @Test
    void aSenderWithoutTheKeyIsCountedAndOpensNoSession() throws Exception {
        try (TestPeer stranger = new TestPeer(port);
                TestPeer peer = new TestPeer(port)) {
            stranger.send(packet(1));
            stranger.send(new SrtpSession(SrtpKeys.of(1, SrtpKey.random())).protectRtp(packet(2)));
            awaitCount(SessionCounter.PACKETS_UNAUTHENTICATED, 2);
            assertThat(job.directory().size()).isZero();
            peer.send(peerSide.protectRtp(packet(3)));
            await().atMost(TIMEOUT).until(() -> peer.datagrams().size() == 1);
            assertThat(stranger.datagrams()).isEmpty();
        }
    }

    @Test
    void aDatagramThatComesTwiceIsADuplicate() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            byte[] datagram = peerSide.protectRtp(packet(1));
            peer.send(datagram);
            peer.send(datagram);
            awaitCount(SessionCounter.PACKETS_DUPLICATE, 1);
            awaitCount(SessionCounter.PACKETS_RECEIVED, 1);
        }
    }

    @Test
    void aReportIsAcceptedOnlyWithTheKeyOfTheCall() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(peerSide.protectRtp(packet(1)));
            awaitCount(SessionCounter.PACKETS_RECEIVED, 1);
            byte[] receiverReport = new byte[32];
            receiverReport[0] = (byte) 0x81;
            receiverReport[1] = (byte) 201;
            receiverReport[3] = 7;
            peer.sendTo(port + 1, receiverReport);
            awaitCount(SessionCounter.PACKETS_UNAUTHENTICATED, 1);
            byte[] datagram = peerSide.protectRtcp(receiverReport);
            peer.sendTo(port + 1, datagram);
            peer.sendTo(port + 1, datagram);
            // Only a packet that was accepted can be a duplicate.
            awaitCount(SessionCounter.PACKETS_DUPLICATE, 1);
            assertThat(job.counters().get(SessionCounter.PACKETS_REFUSED)).isZero();
        }
    }

    @Test
    void aPeerThatContinuesAfterTheCallWasEndedIsRefused() throws Exception {
        try (TestPeer peer = new TestPeer(port);
                TestPeer plain = new TestPeer(port)) {
            peer.send(peerSide.protectRtp(packet(1)));
            awaitCount(SessionCounter.PACKETS_RECEIVED, 1);
            assertThat(ports.end("call")).isTrue();
            peer.send(peerSide.protectRtp(packet(2)));
            awaitCount(SessionCounter.PACKETS_REFUSED, 1);
            assertThat(job.directory().size()).isZero();
            // Other senders may use the port.
            plain.send(packet(1));
            awaitCount(SessionCounter.PACKETS_RECEIVED, 2);
            assertThat(job.directory().find("call")).isEmpty();
        }
    }

    @Test
    void aFirstPacketAfterTheCallWasEndedIsRefused() throws Exception {
        ports.end("call");
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(peerSide.protectRtp(packet(1)));
            awaitCount(SessionCounter.PACKETS_REFUSED, 1);
            assertThat(job.directory().size()).isZero();
        }
    }

    @Test
    void thePeerIsAcceptedAgainWithItsNextCall() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(peerSide.protectRtp(packet(1)));
            awaitCount(SessionCounter.PACKETS_RECEIVED, 1);
            ports.end("call");
            assertThat(ports.signal("next", SdpDescription.parse("v=0\nm=audio 5000 RTP/AVP 0\n"), null))
                    .isEqualTo(port);
            peer.send(packet(3));
            await().atMost(TIMEOUT).until(() -> !job.frames("next").isEmpty());
        }
    }
}

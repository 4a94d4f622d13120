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
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RTP sessions on real sockets, with faults on the way. Kafka and the job are replaced by a fake. */
class RtpSessionTest {
    private static final int SSRC = 0x1234;
    private static final int PCMU = 0;
    private static final int PCMA = 8;
    private static final int EVENT = 101;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private RtpPorts ports;
    private int port;

    @BeforeEach
    void open() throws Exception {
        open(SessionSettings.DEFAULT.withMaxDelay(Duration.ofMillis(400)));
    }

    private void open(SessionSettings settings) throws Exception {
        SessionContext context = job.context(settings);
        port = FreePorts.pairs(1);
        ports = RtpPorts.open(
                loops,
                context,
                new RtpAddress(InetAddress.getLoopbackAddress(), port, port + 1),
                AllowList.EVERYONE,
                new StreamIds("test"),
                () -> true);
    }

    @AfterEach
    void close() {
        ports.close();
        loops.close();
        job.close();
    }

    private static byte[] payload(int value) {
        byte[] bytes = new byte[Payloads.FRAME];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void awaitFrames(int count) {
        await().atMost(TIMEOUT).until(() -> job.frames().size() >= count);
    }

    private long count(SessionCounter counter) {
        return job.counters().get(counter);
    }

    @Test
    void everyPacketReturnsEnhancedWithItsOwnTimestamp() throws Exception {
        List<byte[]> packets = Payloads.muLaw(Payloads.speech(2));
        RtpCall call = call(packets, LinkFaults.NONE);
        CallPlayer.play(List.of(call), Duration.ofMillis(1500));
        assertThat(call.returned()).doesNotContainNull();
        float[] sent = Payloads.decodeMuLaw(packets);
        float[] heard = Payloads.decodeMuLaw(call.returned());
        assertThat(count(SessionCounter.FRAMES_ENHANCED)).isGreaterThan(packets.size() / 2);
        assertThat(energy(heard)).isLessThan(energy(sent));
    }

    @Test
    void framesStayInOrderAndInTimeDespiteLossJitterAndDuplicates() throws Exception {
        List<byte[]> packets = Payloads.muLaw(Payloads.speech(4));
        RtpCall call = call(packets, new LinkFaults(0.05, 30, 0.03, 17));
        CallPlayer.play(List.of(call), Duration.ofMillis(1500));
        List<AudioFrame> frames = job.frames();
        long first = frames.get(0).getCaptureTimeMicros();
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).getSequence()).isEqualTo(i);
            assertThat((frames.get(i).getCaptureTimeMicros() - first) % 20_000).isZero();
            if (i > 0) {
                assertThat(frames.get(i).getCaptureTimeMicros())
                        .isGreaterThan(frames.get(i - 1).getCaptureTimeMicros());
            }
        }
        assertThat(count(SessionCounter.PACKETS_LOST)).isBetween(2L, 60L);
        assertThat(count(SessionCounter.PACKETS_DUPLICATE)).isPositive();
        // Single losses are concealed, so hardly any frame is missing.
        assertThat(frames.size()).isGreaterThan(packets.size() - 5);
        assertThat(frames).anyMatch(frame -> frame.getAttributes().containsKey("concealed"));
    }

    @Test
    void aGapBetweenPacketsOfOneSampleIsFilledInPiecesOfFiveMilliseconds() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 0, 0, SSRC, new byte[1]);
            peer.send(PCMU, 2, 1600, SSRC, new byte[1]);
            awaitFrames(42);
            assertThat(job.frames()).hasSize(42);
            assertThat(job.frames().stream()
                            .mapToInt(frame -> frame.getPayload().remaining())
                            .sum())
                    .isEqualTo(1601);
        }
    }

    @Test
    void reorderedPacketsArePutInOrderAndNoneIsLost() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            int[] order = {0, 2, 1, 4, 3, 5};
            for (int i : order) {
                peer.send(PCMU, i, i * Payloads.FRAME, SSRC, payload(i));
            }
            awaitFrames(order.length);
            assertThat(job.frames())
                    .extracting(frame -> (int) frame.getPayload().get(0))
                    .containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(count(SessionCounter.PACKETS_REORDERED)).isEqualTo(2);
            assertThat(count(SessionCounter.PACKETS_LOST)).isZero();
        }
    }

    @Test
    void aDatagramAsLongAsThoseOfFfmpegIsAccepted() throws Exception {
        int bytes = 1460;
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, new byte[bytes]);
            peer.send(PCMU, 2, bytes, SSRC, new byte[bytes]);
            await().atMost(TIMEOUT).until(() -> peer.received().size() == 2);
            assertThat(peer.received()).allMatch(packet -> packet.payload().length == bytes);
            assertThat(count(SessionCounter.PACKETS_REFUSED)).isZero();
        }
    }

    @Test
    void packetsOfUndescribedTypesAreCountedAndOpenNoSession() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            int opus = 97;
            for (int i = 0; i < 3; i++) {
                peer.send(opus, i, i * 960, SSRC, payload(i));
            }
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.PACKETS_UNDESCRIBED) == 3);
            assertThat(job.directory().size()).isZero();
            assertThat(PayloadTypes.ofUnsignalled())
                    .hasToString("0 (PCMU/8000), 8 (PCMA/8000), 9 (G722/8000), 11" + " (L16/44100), 118 (L16/16000)");
        }
    }

    @Test
    void aPauseOfTheSenderIsNotCountedAsLoss() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            peer.send(PCMU, 2, 160, SSRC, payload(2));
            // A second of silence suppression: the sequence number continues, the timestamp jumps.
            peer.send(PCMU, 3, 320 + 8000, SSRC, payload(3));
            awaitFrames(3);
            assertThat(job.frames().get(2).getCaptureTimeMicros()
                            - job.frames().get(1).getCaptureTimeMicros())
                    .isEqualTo(1_020_000);
            assertThat(job.frames()).extracting(AudioFrame::getSequence).containsExactly(0L, 1L, 2L);
            assertThat(count(SessionCounter.PACKETS_LOST)).isZero();
        }
    }

    @Test
    void aJumpOfTheTimestampShiftsNothing() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            peer.send(PCMU, 2, 1_000_000_000, SSRC, payload(2));
            peer.send(PCMU, 3, 1_000_000_160, SSRC, payload(3));
            peer.send(PCMU, 4, 7, SSRC, payload(4));
            awaitFrames(4);
            long first = job.frames().get(0).getCaptureTimeMicros();
            assertThat(job.frames())
                    .extracting(frame -> frame.getCaptureTimeMicros() - first)
                    .containsExactly(0L, 20_000L, 40_000L, 60_000L);
        }
    }

    @Test
    void aNewSourceStartsANewSessionOfTheSameStream() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            for (int i = 0; i < 3; i++) {
                peer.send(PCMU, i, i * 160, SSRC, payload(i));
            }
            // One stray packet changes nothing.
            peer.send(PCMU, 500, 99, 0x777, payload(9));
            peer.send(PCMU, 3, 3 * 160, SSRC, payload(3));
            for (int i = 0; i < 3; i++) {
                peer.send(PCMU, 7000 + i, 5 + i * 160, 0x999, payload(i));
            }
            awaitFrames(7);
            assertThat(job.frames().stream().map(AudioFrame::getSession).collect(Collectors.toSet()))
                    .hasSize(2);
            assertThat(job.frames().stream().map(AudioFrame::getStreamId).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(job.frames()).extracting(AudioFrame::getSequence).containsExactly(0L, 1L, 2L, 3L, 0L, 1L, 2L);
            assertThat(count(SessionCounter.SOURCE_CHANGES)).isEqualTo(1);
        }
    }

    @Test
    void aNewCodecStartsANewSession() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            peer.send(PCMA, 2, 160, SSRC, payload(2));
            awaitFrames(2);
            assertThat(job.frames())
                    .extracting(AudioFrame::getEncoding)
                    .containsExactly(AudioEncoding.PCMU, AudioEncoding.PCMA);
            assertThat(job.frames().get(0).getSession())
                    .isNotEqualTo(job.frames().get(1).getSession());
        }
    }

    @Test
    void waitingFramesReturnInTheirOwnCodecWhenTheCodecChanges() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            peer.send(PCMU, 2, 160, SSRC, payload(2));
            peer.send(PCMA, 3, 320, SSRC, payload(3));
            await().atMost(TIMEOUT).until(() -> peer.received().size() == 3);
            assertThat(peer.received()).extracting(RtpPacket::payloadType).containsExactly(PCMU, PCMU, PCMA);
        }
    }

    @Test
    void packetsOfAnotherSenderAreNeitherPlayedNorAnswered() throws Exception {
        try (TestPeer peer = new TestPeer(port);
                TestPeer stranger = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            awaitFrames(1);
            for (int i = 2; i < 12; i++) {
                stranger.send(PCMU, i, i * 160, SSRC, payload(i));
            }
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.PACKETS_REFUSED) == 10);
            peer.send(PCMU, 2, 160, SSRC, payload(2));
            await().atMost(TIMEOUT).until(() -> peer.received().size() == 2);
            assertThat(job.frames()).hasSize(2);
            assertThat(stranger.received()).isEmpty();
        }
    }

    @Test
    void telephoneEventsAreForwardedUnchanged() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            byte[] digit = {5, 10, 0, (byte) 160};
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            peer.send(EVENT, 2, 160, SSRC, digit);
            peer.send(EVENT, 3, 160, SSRC, digit);
            peer.send(PCMU, 4, 480, SSRC, payload(4));
            await().atMost(TIMEOUT).until(() -> peer.received().size() == 4);
            List<RtpPacket> back = new ArrayList<>(peer.received());
            assertThat(back).extracting(RtpPacket::payloadType).containsExactly(PCMU, EVENT, EVENT, PCMU);
            assertThat(back.get(1).payload()).isEqualTo(digit);
            assertThat(back.get(1).timestamp()).isEqualTo(160);
            assertThat(job.frames()).hasSize(2);
        }
    }

    @Test
    void withoutKafkaTheCallIsDryAndLaterEnhancedAgain() throws Exception {
        job.setUnavailable(true);
        RtpCall call = call(Payloads.muLaw(Payloads.speech(120)), LinkFaults.NONE);
        ExecutorService calling = Executors.newSingleThreadExecutor();
        try {
            calling.submit(() -> {
                CallPlayer.play(List.of(call), Duration.ZERO);
                return null;
            });
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.FRAMES_DRY) > 50);
            assertThat(count(SessionCounter.FRAMES_ENHANCED)).isZero();
            job.setUnavailable(false);
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.FRAMES_ENHANCED) > 0);
            assertThat(job.directory().size()).isEqualTo(1);
        } finally {
            calling.shutdownNow();
        }
    }

    @Test
    void aByeEndsTheSessionAndThePortServesTheNext() throws Exception {
        try (TestPeer peer = new TestPeer(port);
                TestPeer next = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            awaitFrames(1);
            byte[] bye = {(byte) 0x81, (byte) 203, 0, 1, 0, 0, 0x12, 0x34};
            peer.sendTo(port + 1, bye);
            awaitFrames(2);
            assertThat(job.frames().get(1).getLastOfStream()).isTrue();
            next.send(PCMU, 1, 0, SSRC, payload(1));
            awaitFrames(3);
            assertThat(job.frames().get(2).getStreamId())
                    .isNotEqualTo(job.frames().get(0).getStreamId());
        }
    }

    @Test
    void garbageIsCountedAndOpensNoSession() throws Exception {
        try (TestPeer peer = new TestPeer(port)) {
            peer.send(new byte[] {1, 2, 3});
            peer.send(new byte[40]);
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.PACKETS_REFUSED) == 2);
            assertThat(job.directory().size()).isZero();
            assertThat(peer.received()).isEmpty();
        }
    }

    @Test
    void aSignalledSessionHasItsOwnIdAndItsOwnPayloadTypes() throws Exception {
        String sdp = "v=0\r\nm=audio 5000 RTP/AVP 97\r\na=rtpmap:97 L16/16000\r\n";
        int given = ports.signal("call-7", SdpDescription.parse(sdp), null);
        assertThat(given).isEqualTo(port);
        try (TestPeer peer = new TestPeer(given)) {
            peer.send(97, 1, 0, SSRC, new byte[640]);
            awaitFrames(1);
            assertThat(job.frames("call-7")).hasSize(1);
            assertThat(job.frames().get(0).getSampleRateHz()).isEqualTo(16_000);
            assertThat(ports.end("call-7")).isTrue();
            assertThat(job.directory().size()).isZero();
        }
    }

    @Test
    void aPeerThatContinuesAfterItsSessionWasEndedStartsNoNewCall() throws Exception {
        try (TestPeer peer = new TestPeer(port);
                TestPeer next = new TestPeer(port)) {
            peer.send(PCMU, 1, 0, SSRC, payload(1));
            awaitFrames(1);
            String streamId = job.frames().get(0).getStreamId();
            assertThat(ports.end(streamId)).isTrue();
            peer.send(PCMU, 2, Payloads.FRAME, SSRC, payload(2));
            await().atMost(TIMEOUT).until(() -> count(SessionCounter.PACKETS_REFUSED) == 1);
            assertThat(job.directory().size()).isZero();
            next.send(PCMU, 1, 0, SSRC, payload(3));
            await().atMost(TIMEOUT).until(() -> job.directory().size() == 1);
            assertThat(job.directory().find(streamId)).isEmpty();
        }
    }

    private RtpCall call(List<byte[]> packets, LinkFaults faults) {
        return new RtpCall(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new RtpCall.Pace(PCMU, Payloads.FRAME, 20),
                packets,
                faults);
    }

    private static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return sum;
    }
}

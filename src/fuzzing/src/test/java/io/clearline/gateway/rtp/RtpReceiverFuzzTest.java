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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.SessionDirectory;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.schemas.AudioFrame;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A call of any datagrams, each after a gap of its own: audio, comfort noise and telephone events, in and out of order,
 * of sources that come and go. However it goes, time does not go back within a session, and no call makes more audio
 * than came and was concealed.
 */
class RtpReceiverFuzzTest {
    /** 200 ms in pieces of 5 ms. */
    private static final int MAX_CONCEALED_FRAMES = 40;

    @FuzzTest
    void anyDatagramsAreACall(byte[] bytes) throws Exception {
        Map<String, Long> captureTimes = new HashMap<>();
        int[] frames = new int[1];
        SessionContext context = new SessionContext(
                (session, frame, counters) -> {
                    frames[0]++;
                    requireLater(captureTimes, frame);
                },
                SessionSettings.DEFAULT,
                new SessionCounters(null),
                new MillisHistogram(null),
                new SessionDirectory(1, 1));
        MediaSink sink = (payload, length, ticks, startsSpurt) -> {};
        MediaSession session =
                MediaSession.open("fuzz", "nobody", MediaFormat.PCMU, sink, context, new MediaLoop(null));
        int packets = play(ByteBuffer.wrap(bytes), new RtpReceiver(PayloadTypes.ofUnsignalled(), session), session);
        session.end();
        // One more is the end of the stream.
        if (frames[0] > packets * (1 + MAX_CONCEALED_FRAMES) + 1) {
            throw new AssertionError(packets + " packets became " + frames[0] + " frames");
        }
    }

    /** A datagram has its length and the milliseconds before it in a byte each. */
    private static int play(ByteBuffer input, RtpReceiver receiver, MediaSession session) {
        int packets = 0;
        long now = 0;
        while (input.remaining() >= 2) {
            byte[] datagram = new byte[Math.min(input.get() & 0xff, input.remaining() - 1)];
            now += TimeUnit.MILLISECONDS.toNanos(input.get() & 0xff);
            input.get(datagram);
            try {
                RtpPacket packet = RtpPacket.parse(datagram, now);
                if (PayloadTypes.ofUnsignalled().knows(packet.payloadType())) {
                    receiver.receive(packet);
                    packets++;
                }
            } catch (BadPacketException e) {
                // A refusal.
            }
            receiver.tick(now);
            session.tick(now);
        }
        receiver.flush();
        return packets;
    }

    private static void requireLater(Map<String, Long> captureTimes, AudioFrame frame) {
        Long before = captureTimes.put(frame.getSession(), frame.getCaptureTimeMicros());
        if (before != null && frame.getCaptureTimeMicros() < before) {
            throw new AssertionError("time went back from " + before + " to " + frame.getCaptureTimeMicros());
        }
    }
}

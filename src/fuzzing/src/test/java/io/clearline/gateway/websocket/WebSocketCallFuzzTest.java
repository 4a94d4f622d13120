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
package io.clearline.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.SessionDirectory;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.FrameLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A connection of any messages in each of the three protocols: each is taken, or refused with a sentence, and what
 * reaches Kafka is frames of whole samples.
 */
class WebSocketCallFuzzTest {
    /** A connection from loopback. */
    private static final class CallChannel extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
        }
    }

    @FuzzTest
    void anyMessagesAreACallOrARefusal(byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        if (!input.hasRemaining()) {
            return;
        }
        CallChannel channel = new CallChannel();
        try {
            WebSocketHandler handler = handler(input.get(), opener(channel));
            channel.pipeline().addLast(handler);
            talk(handler, channel, input);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static StreamOpener opener(EmbeddedChannel channel) {
        SessionContext context = new SessionContext(
                (session, frame, counters) -> requireWholeSamples(frame),
                SessionSettings.DEFAULT,
                new SessionCounters(null),
                new MillisHistogram(null),
                new SessionDirectory(2, 2));
        return new StreamOpener(context, new MediaLoop(channel.eventLoop()), new StreamIds("fuzz"));
    }

    private static void requireWholeSamples(AudioFrame frame) {
        int bytesPerSample = FrameLimits.bytesPerSample(frame.getEncoding());
        assertThat(frame.getPayload().remaining() % bytesPerSample).isZero();
    }

    private static WebSocketHandler handler(int protocol, StreamOpener opener) {
        return switch (Math.floorMod(protocol, 3)) {
            case 0 -> new PlainHandler(opener);
            case 1 -> new AsteriskHandler(opener, "");
            default -> new TwilioHandler(opener, new AccessToken(""), true);
        };
    }

    /** A message has its kind, even for text, and half its length in a byte each. */
    private static void talk(WebSocketHandler handler, EmbeddedChannel channel, ByteBuffer input) {
        while (input.remaining() >= 2 && channel.isOpen()) {
            boolean text = input.get() % 2 == 0;
            byte[] content = new byte[Math.min(2 * (input.get() & 0xff), input.remaining())];
            input.get(content);
            ByteBuf buffer = Unpooled.wrappedBuffer(content);
            WebSocketFrame frame = text ? new TextWebSocketFrame(buffer) : new BinaryWebSocketFrame(buffer);
            try {
                handler.message(channel.pipeline().firstContext(), frame);
            } catch (BadMessageException | SessionRefusedException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            } finally {
                frame.release();
            }
        }
    }
}

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

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.StreamReceiver;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel of Asterisk by its WebSocket channel driver: a start in text, then samples in binary messages both ways.
 * Asterisk plays what we send at its own pace and cuts it into its own frames, of which ours are whole ones. On the
 * connection's loop.
 */
final class AsteriskHandler extends WebSocketHandler implements MediaSink {
    private static final Logger LOGGER = LoggerFactory.getLogger(AsteriskHandler.class);

    private final SessionContext context;
    private final MediaLoop loop;
    private final StreamIds ids;
    private final String wantedStreamId;
    private MediaSession session;
    private StreamReceiver receiver;
    /** Between {@code MEDIA_XOFF} and {@code MEDIA_XON}. */
    private boolean full;

    /** @param wantedStreamId from the handshake; empty: the stream is named by Asterisk's channel */
    AsteriskHandler(SessionContext context, MediaLoop loop, StreamIds ids, String wantedStreamId) {
        this.context = context;
        this.loop = loop;
        this.ids = ids;
        this.wantedStreamId = wantedStreamId;
    }

    @Override
    void message(ChannelHandlerContext from, WebSocketFrame frame) throws BadMessageException, SessionRefusedException {
        if (frame instanceof TextWebSocketFrame text) {
            control(AsteriskMessage.parse(text.text()));
        } else if (frame instanceof BinaryWebSocketFrame) {
            audio(ByteBufUtil.getBytes(frame.content()));
        }
    }

    private void control(AsteriskMessage message) throws BadMessageException, SessionRefusedException {
        switch (message.event()) {
            case MEDIA_START -> start(message);
            case MEDIA_XOFF -> full = true;
            case MEDIA_XON -> full = false;
            case ERROR ->
                LOGGER.warn("Asterisk at {} says {}", channel().channel().remoteAddress(), message.text());
            case OTHER -> {
                // It says nothing of the audio: digits, marks, and what later versions have.
            }
        }
    }

    private void start(AsteriskMessage message) throws BadMessageException, SessionRefusedException {
        if (session != null) {
            throw new BadMessageException("Expected one MEDIA_START.");
        }
        MediaFormat format = message.format();
        session = MediaSession.open(streamId(message), peerAddress(), format, this, context, loop);
        receiver = new StreamReceiver(session, context.settings());
    }

    private String streamId(AsteriskMessage start) throws BadMessageException {
        if (!wantedStreamId.isEmpty() && !StreamIds.isAllowed(wantedStreamId)) {
            throw new BadMessageException("Expected a stream of letters, digits and . _ : @ / + -.");
        }
        if (!wantedStreamId.isEmpty()) {
            return wantedStreamId;
        }
        // Versions of 2025 do not say it.
        String channelId = start.field("channel_id");
        return StreamIds.isAllowed(channelId) ? channelId : ids.next("asterisk");
    }

    private void audio(byte[] samples) throws BadMessageException {
        if (session == null) {
            throw new BadMessageException("Expected MEDIA_START before audio.");
        }
        receiver.receive(samples, 0, samples.length, System.nanoTime());
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        if (full || !send(new BinaryWebSocketFrame(Unpooled.copiedBuffer(payload, 0, length)))) {
            session.counters().add(SessionCounter.FRAMES_NOT_PLAYED);
        }
    }

    @Override
    void closed() {
        if (session != null) {
            session.end();
        }
    }
}

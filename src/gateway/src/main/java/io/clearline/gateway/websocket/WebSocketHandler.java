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
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionRefusedException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all WebSocket protocols share. A bad message closes its connection with the reason, and affects no other.
 * Streams end with their connection. Confined to the connection's loop.
 */
abstract class WebSocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketHandler.class);
    /** Longest reason that is sent; a close frame has a capacity of 123 bytes (RFC 6455, 5.5). */
    private static final int MAX_REASON_BYTES = 120;

    private final StreamOpener opener;
    private final List<AudioStream> streams = new ArrayList<>();
    private ChannelHandlerContext channel;

    WebSocketHandler(StreamOpener opener) {
        this.opener = opener;
    }

    /** Handles a text or binary message. */
    abstract void message(ChannelHandlerContext from, WebSocketFrame frame)
            throws BadMessageException, SessionRefusedException;

    /** Is called after the connection has closed and its streams have ended. */
    void closed() {}

    /**
     * Opens a stream. It ends with the connection at the latest.
     *
     * @param sink sends what is played
     * @throws SessionRefusedException if a limit is reached, or the stream id is in use
     */
    AudioStream open(String streamId, MediaFormat format, MediaSink sink) throws SessionRefusedException {
        AudioStream stream = opener.open(streamId, peerAddress(), format, sink);
        streams.add(stream);
        return stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, WebSocketFrame frame) {
        try {
            message(from, frame);
        } catch (BadMessageException e) {
            close(WebSocketCloseStatus.POLICY_VIOLATION, e.getMessage());
        } catch (SessionRefusedException e) {
            close(WebSocketCloseStatus.TRY_AGAIN_LATER, e.getMessage());
        }
    }

    /** Sends the reason to the peer and closes the connection. */
    void close(WebSocketCloseStatus status, String why) {
        if (status != WebSocketCloseStatus.NORMAL_CLOSURE) {
            LOGGER.warn("WebSocket from {} is closed: {}", channel.channel().remoteAddress(), why);
        }
        // Printable ASCII only, so that characters and bytes are the same.
        String ascii = why.replaceAll("[^ -~]", "?");
        String reason = ascii.length() > MAX_REASON_BYTES ? ascii.substring(0, MAX_REASON_BYTES) : ascii;
        channel.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Sends a message, or drops it if the peer does not read fast enough.
     *
     * @return false if it was dropped
     */
    boolean send(WebSocketFrame frame) {
        if (!channel.channel().isWritable()) {
            frame.release();
            return false;
        }
        channel.writeAndFlush(frame, channel.voidPromise());
        return true;
    }

    ChannelHandlerContext channel() {
        return channel;
    }

    StreamOpener opener() {
        return opener;
    }

    private String peerAddress() {
        return ((InetSocketAddress) channel.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        streams.forEach(stream -> stream.session().end());
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            close(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "Expected messages of at most " + HandshakeHandler.MAX_MESSAGE_BYTES + " bytes.");
            return;
        }
        LOGGER.debug("WebSocket from {} failed", from.channel().remoteAddress(), cause);
        from.close();
    }
}

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

import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.http.RequestTarget;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;

/**
 * Checks the path and the authorisation of a WebSocket handshake, and then replaces itself by the handler of the
 * protocol at that path. Confined to the connection's loop.
 */
final class HandshakeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final String TWILIO = "/twilio";
    static final String PLAIN = "/audio";
    static final String ASTERISK = "/asterisk";
    /** The subprotocol that Asterisk's driver requests in the handshake. */
    private static final String ASTERISK_PROTOCOL = "media";

    /** Limit of a message, counting all its fragments. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private final StreamOpener opener;
    private final AccessToken token;

    HandshakeHandler(StreamOpener opener, AccessToken token) {
        this.opener = opener;
        this.token = token;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, FullHttpRequest request) {
        RequestTarget target = RequestTarget.of(request);
        String path = target.path();
        boolean authorised = token.isShownBy(request);
        if (path.equals(TWILIO) && token.mayBeShownAfter(request)) {
            // Twilio can neither set a header nor keep the query. It presents the token in its first message.
            accept(from, request, TWILIO, null, new TwilioHandler(opener, token, authorised));
        } else if (path.equals(PLAIN) && authorised) {
            accept(from, request, PLAIN, null, new PlainHandler(opener));
        } else if (path.equals(ASTERISK) && authorised) {
            accept(from, request, ASTERISK, ASTERISK_PROTOCOL, new AsteriskHandler(opener, target.parameter("stream")));
        } else if (path.equals(TWILIO)) {
            refuse(
                    from,
                    HttpResponseStatus.FORBIDDEN,
                    "Pages of other sites are not served without a token. Start the gateway with a token.");
        } else if (path.equals(PLAIN) || path.equals(ASTERISK)) {
            refuse(from, HttpResponseStatus.UNAUTHORIZED, "Expected the gateway's token as ?token=TOKEN.");
        } else {
            refuse(
                    from,
                    HttpResponseStatus.NOT_FOUND,
                    "Expected " + PLAIN + ", " + ASTERISK + " or " + TWILIO + ", found " + path + ".");
        }
    }

    /** @param protocolName the subprotocol of the handshake; null if there is none */
    private static void accept(
            ChannelHandlerContext from,
            FullHttpRequest request,
            String path,
            String protocolName,
            WebSocketHandler protocol) {
        from.pipeline()
                .addLast(new WebSocketServerProtocolHandler(path, protocolName, true, MAX_MESSAGE_BYTES, false, true))
                .addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES))
                .addLast(protocol);
        from.fireChannelRead(request.retain());
        from.pipeline().remove(HandshakeHandler.class);
    }

    private static void refuse(ChannelHandlerContext from, HttpResponseStatus status, String why) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(why + "\n", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        from.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        from.close();
    }
}

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
package io.clearline.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.gateway.Gateway;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves status, metrics and session control by HTTP:
 *
 * <ul>
 *   <li>{@code GET /}, {@code GET /health}, {@code GET /metrics}, {@code GET /status}: need no token
 *   <li>{@code GET /sessions}, {@code GET /sessions/STREAM}: return the counters of each session
 *   <li>{@code POST /sessions}: opens an RTP session; see {@link SessionRequest} for the body
 *   <li>{@code DELETE /sessions/STREAM}: ends a session
 * </ul>
 *
 * <p>Confined to the loop of its connection, which carries no audio.
 */
final class HttpApi extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpApi.class);
    private static final String JSON_TYPE = "application/json";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SESSIONS = "/sessions";
    private static final String INDEX = """
            Clearline gateway

            GET    /status           all sessions together, as JSON
            GET    /sessions         each session, as JSON
            GET    /sessions/STREAM  one session
            POST   /sessions         opens an RTP session that an SDP describes
            DELETE /sessions/STREAM  ends a session
            GET    /metrics          for Prometheus
            GET    /health           for a probe
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gateway gateway;
    private final GatewayMetrics metrics;
    private final AccessToken token;

    HttpApi(Gateway gateway, GatewayMetrics metrics, AccessToken token) {
        this.gateway = gateway;
        this.metrics = metrics;
        this.token = token;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, FullHttpRequest request) {
        FullHttpResponse answer;
        try {
            answer = answer(request);
        } catch (HttpRefusal e) {
            answer = json(e.status(), JSON.createObjectNode().put("error", e.getMessage()));
        }
        from.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse answer(FullHttpRequest request) throws HttpRefusal {
        String path = RequestTarget.of(request).path();
        boolean get = request.method().equals(HttpMethod.GET);
        if (get && path.equals("/health")) {
            return text("ok\n");
        }
        if (get && path.equals("/metrics")) {
            return text(metrics.scrape());
        }
        if (get && path.equals("/status")) {
            return json(HttpResponseStatus.OK, SessionStatus.of(gateway));
        }
        if (get && path.equals("/")) {
            return text(INDEX);
        }
        if (!path.equals(SESSIONS) && !path.startsWith(SESSIONS + "/")) {
            String notFound = "There is no " + request.method() + " " + path + ". Expected one of:\n\n" + INDEX;
            return response(HttpResponseStatus.NOT_FOUND, notFound, TEXT_TYPE);
        }
        if (!token.isShownBy(request)) {
            throw new HttpRefusal(
                    HttpResponseStatus.UNAUTHORIZED,
                    "Expected the gateway's token in the header Authorization: Bearer TOKEN.");
        }
        return sessions(request, path);
    }

    private FullHttpResponse sessions(FullHttpRequest request, String path) throws HttpRefusal {
        boolean all = path.equals(SESSIONS);
        String streamId = all ? "" : path.substring(SESSIONS.length() + 1);
        if (all && request.method().equals(HttpMethod.GET)) {
            return json(HttpResponseStatus.OK, SessionStatus.of(gateway.sessions()));
        }
        if (all && request.method().equals(HttpMethod.POST)) {
            return json(HttpResponseStatus.CREATED, SessionRequest.of(request).open(gateway));
        }
        if (!all && request.method().equals(HttpMethod.GET)) {
            return json(
                    HttpResponseStatus.OK,
                    SessionStatus.of(gateway.session(streamId).orElseThrow(() -> unknown(streamId))));
        }
        if (!all && request.method().equals(HttpMethod.DELETE)) {
            if (!gateway.end(streamId)) {
                throw unknown(streamId);
            }
            return json(HttpResponseStatus.OK, JSON.createObjectNode().put("ended", streamId));
        }
        throw new HttpRefusal(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "Expected GET or POST of /sessions, GET or DELETE of /sessions/STREAM; found " + request.method() + " "
                        + path + ".");
    }

    private static HttpRefusal unknown(String streamId) {
        return new HttpRefusal(HttpResponseStatus.NOT_FOUND, "Stream " + streamId + " has no session.");
    }

    private static FullHttpResponse text(String body) {
        return response(HttpResponseStatus.OK, body, TEXT_TYPE);
    }

    private static FullHttpResponse json(HttpResponseStatus status, JsonNode body) {
        return response(status, body.toPrettyString() + "\n", JSON_TYPE);
    }

    private static FullHttpResponse response(HttpResponseStatus status, String body, String type) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        // Without this header, HTTP/1.1 clients would reuse the connection, which is closed after the response.
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOGGER.warn("An HTTP request from {} failed", from.channel().remoteAddress(), cause);
        from.close();
    }
}

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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.rtp.BadPacketException;
import io.clearline.gateway.rtp.SdpDescription;
import io.clearline.gateway.srtp.SrtpKey;
import io.clearline.gateway.srtp.SrtpKeys;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * A request to open an RTP session. Its body is one of:
 *
 * <ul>
 *   <li>an SDP, with {@code Content-Type: application/sdp} and the stream id in {@code ?stream=ID}
 *   <li>JSON with {@code stream} and {@code sdp}. Optional are {@code "anyPeer": true}, if the address in the SDP is
 *       not the one from which the peer sends, and {@code "returnTo": "ADDRESS:PORT"}, if enhanced audio must not
 *       return to where the audio comes from
 * </ul>
 *
 * <p>For SRTP, the peer's key is in the SDP ({@code RTP/SAVP} with {@code a=crypto}) or in {@code srtpKey}. The
 * gateway's key is {@code srtpReturnKey}, or a new one if that is absent. The answer contains the value of the
 * gateway's {@code a=crypto:} line.
 */
final class SessionRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String streamId;
    private final SdpDescription description;
    private final InetSocketAddress returnTo;

    private SessionRequest(String streamId, SdpDescription description, InetSocketAddress returnTo) {
        this.returnTo = returnTo;
        this.streamId = streamId;
        this.description = description;
    }

    /**
     * Parses a request.
     *
     * @throws HttpRefusal if it is invalid; the message says what was expected
     */
    static SessionRequest of(FullHttpRequest request) throws HttpRefusal {
        String body = request.content().toString(StandardCharsets.UTF_8);
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (type.startsWith("application/sdp")) {
            return of(RequestTarget.of(request).parameter("stream"), description(body, null), "");
        }
        try {
            JsonNode json = JSON.readTree(body);
            SrtpKey peerKey = key(json, "srtpKey");
            SdpDescription described = description(json.path("sdp").asText(), peerKey);
            SdpDescription description = withLocalKey(described, key(json, "srtpReturnKey"));
            boolean anyPeer = json.path("anyPeer").asBoolean();
            return of(
                    json.path("stream").asText(),
                    anyPeer ? description.fromAnyPeer() : description,
                    json.path("returnTo").asText());
        } catch (JsonProcessingException e) {
            throw bad("Expected JSON with stream and sdp, or Content-Type: application/sdp; found "
                    + e.getOriginalMessage());
        }
    }

    private static SessionRequest of(String streamId, SdpDescription description, String returnTo) throws HttpRefusal {
        if (!StreamIds.isAllowed(streamId)) {
            throw bad("Expected a stream id of letters, digits and . _ : @ / + -, found \"" + streamId + "\".");
        }
        return new SessionRequest(streamId, description, address(returnTo));
    }

    /** @param srtpKey the peer's key if it was given outside of the SDP, otherwise null */
    private static SdpDescription description(String sdp, SrtpKey srtpKey) throws HttpRefusal {
        try {
            return SdpDescription.parse(sdp, srtpKey == null ? null : SrtpKeys.of(1, srtpKey));
        } catch (BadPacketException e) {
            throw bad(e.getMessage());
        }
    }

    private static SdpDescription withLocalKey(SdpDescription description, SrtpKey localKey) throws HttpRefusal {
        if (localKey != null && description.srtp() == null) {
            throw bad("Expected srtpKey, or RTP/SAVP with a=crypto in the SDP, together with srtpReturnKey.");
        }
        return localKey == null ? description : description.withLocalKey(localKey);
    }

    /** Returns the key in a field; null if the field is absent. */
    private static SrtpKey key(JsonNode json, String field) throws HttpRefusal {
        try {
            return json.has(field) ? SrtpKey.parse(json.path(field).asText()) : null;
        } catch (IllegalArgumentException e) {
            throw bad(field + ": " + e.getMessage());
        }
    }

    private static InetSocketAddress address(String text) throws HttpRefusal {
        if (text.isEmpty()) {
            return null;
        }
        // Only literals. A host name would cost a DNS lookup on the loop.
        if (!text.matches("[0-9.]{7,15}:[0-9]{1,5}")) {
            throw bad("Expected returnTo as ADDRESS:PORT, such as 127.0.0.1:6000; found " + text + ".");
        }
        String[] parts = text.split(":");
        try {
            return new InetSocketAddress(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw bad("Expected returnTo as ADDRESS:PORT, such as 127.0.0.1:6000; found " + text + ".");
        }
    }

    private static HttpRefusal bad(String message) {
        return new HttpRefusal(HttpResponseStatus.BAD_REQUEST, message);
    }

    /**
     * Opens the session.
     *
     * @return the answer: the ports, and for SRTP the value of {@code a=crypto:}
     * @throws HttpRefusal if no port is free
     */
    ObjectNode open(Gateway gateway) throws HttpRefusal {
        try {
            int port = gateway.signal(streamId, description, returnTo);
            ObjectNode answer = JSON.createObjectNode()
                    .put("stream", streamId)
                    .put("address", gateway.address().getHostAddress())
                    .put("rtpPort", port)
                    .put("rtcpPort", port + 1);
            return description.srtp() == null
                    ? answer
                    : answer.put("crypto", description.srtp().answer());
        } catch (SessionRefusedException e) {
            throw new HttpRefusal(HttpResponseStatus.SERVICE_UNAVAILABLE, e.getMessage());
        }
    }
}

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
import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection of Twilio's Media Streams: JSON messages with mu-law samples in base64. Each track is a session. The
 * inbound track is named by the SID of the stream, the outbound one by SID and track. Only the inbound track returns
 * enhanced. Confined to the connection's loop.
 */
final class TwilioHandler extends WebSocketHandler {
    private static final String INBOUND = "inbound";

    private final AccessToken token;
    private final Map<String, AudioStream> tracks = new HashMap<>();
    private boolean authorised;
    private String streamSid;
    private boolean returns;

    /** @param authorised whether the handshake presented the token; otherwise the start message must */
    TwilioHandler(StreamOpener opener, AccessToken token, boolean authorised) {
        super(opener);
        this.token = token;
        this.authorised = authorised;
    }

    @Override
    void message(ChannelHandlerContext from, WebSocketFrame frame) throws BadMessageException, SessionRefusedException {
        if (!(frame instanceof TextWebSocketFrame text)) {
            throw new BadMessageException("Expected JSON in text messages, found a binary message.");
        }
        TwilioMessage message = TwilioMessage.parse(text.text());
        switch (message.event()) {
            case START -> start(message);
            case MEDIA -> media(message);
            case STOP -> from.close();
            case CONNECTED, MARK, DTMF, OTHER -> {
                // Not about audio.
            }
        }
    }

    private void start(TwilioMessage message) throws BadMessageException {
        if (!authorised && !token.matches(message.token())) {
            throw new BadMessageException("Expected the gateway's token in the start's custom parameter named token.");
        }
        if (streamSid != null || !StreamIds.isAllowed(message.streamSid())) {
            throw new BadMessageException("Expected one start message with a valid streamSid.");
        }
        authorised = true;
        streamSid = message.streamSid();
        returns = message.returns();
    }

    private void media(TwilioMessage message) throws BadMessageException, SessionRefusedException {
        if (streamSid == null) {
            throw new BadMessageException("Expected a start message before media.");
        }
        AudioStream track = tracks.get(message.track());
        if (track == null) {
            track = open(message.track());
            tracks.put(message.track(), track);
        }
        track.receive(message.payload());
    }

    private AudioStream open(String name) throws BadMessageException, SessionRefusedException {
        if (!name.equals(INBOUND) && !name.equals("outbound")) {
            throw new BadMessageException("Expected the track inbound or outbound, found " + name + ".");
        }
        boolean inbound = name.equals(INBOUND);
        MediaSink sink = inbound && returns ? this::sendBack : (payload, length, ticks, startsSpurt) -> {};
        String streamId = inbound ? streamSid : streamSid + "-" + name;
        return open(streamId, MediaFormat.PCMU, sink);
    }

    private void sendBack(byte[] payload, int length, long ticks, boolean startsSpurt) {
        if (!send(new TextWebSocketFrame(TwilioMessage.media(streamSid, payload, length)))) {
            tracks.get(INBOUND).countNotPlayed();
        }
    }
}

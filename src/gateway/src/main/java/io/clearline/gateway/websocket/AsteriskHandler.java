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

import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel of Asterisk's WebSocket channel driver: a start message in text, followed by samples in binary messages in
 * both directions. Asterisk plays what it receives at its own pace and cuts it into its own frames; the gateway always
 * sends whole ones. Confined to the connection's loop.
 */
final class AsteriskHandler extends SampleHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AsteriskHandler.class);

    private final String requestedStreamId;
    /** True between {@code MEDIA_XOFF} and {@code MEDIA_XON}: Asterisk accepts no audio. */
    private boolean full;

    /** @param requestedStreamId from the handshake; empty names the stream after Asterisk's channel */
    AsteriskHandler(StreamOpener opener, String requestedStreamId) {
        super(opener, "MEDIA_START");
        this.requestedStreamId = requestedStreamId;
    }

    @Override
    void text(String text) throws BadMessageException, SessionRefusedException {
        AsteriskMessage message = AsteriskMessage.parse(text);
        switch (message.event()) {
            case MEDIA_START -> start(streamId(message), message.format());
            case MEDIA_XOFF -> full = true;
            case MEDIA_XON -> full = false;
            case ERROR ->
                LOGGER.warn("Asterisk at {} reports {}", channel().channel().remoteAddress(), message.text());
            case OTHER -> {
                // Not about audio: digits, marks, and events of later versions.
            }
        }
    }

    private String streamId(AsteriskMessage start) throws BadMessageException {
        if (!requestedStreamId.isEmpty() && !StreamIds.isAllowed(requestedStreamId)) {
            throw new BadMessageException("Expected a stream id of 1 to 200 letters, digits and . _ : @ / + -.");
        }
        if (!requestedStreamId.isEmpty()) {
            return requestedStreamId;
        }
        // Versions of 2025 do not send the channel id.
        String channelId = start.field("channel_id");
        return StreamIds.isAllowed(channelId) ? channelId : opener().ids().next("asterisk");
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        if (full) {
            stream().countNotPlayed();
        } else {
            super.play(payload, length, ticks, startsSpurt);
        }
    }
}

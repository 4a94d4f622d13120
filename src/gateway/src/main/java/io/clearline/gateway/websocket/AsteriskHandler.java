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
 * A channel of Asterisk by its WebSocket channel driver: a start in text, then samples in binary messages both ways.
 * Asterisk plays what we send at its own pace and cuts it into its own frames, of which ours are whole ones. On the
 * connection's loop.
 */
final class AsteriskHandler extends SampleHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AsteriskHandler.class);

    private final String wantedStreamId;
    /** Between {@code MEDIA_XOFF} and {@code MEDIA_XON}. */
    private boolean full;

    /** @param wantedStreamId from the handshake; empty: the stream is named by Asterisk's channel */
    AsteriskHandler(StreamOpener opener, String wantedStreamId) {
        super(opener, "MEDIA_START");
        this.wantedStreamId = wantedStreamId;
    }

    @Override
    void text(String text) throws BadMessageException, SessionRefusedException {
        AsteriskMessage message = AsteriskMessage.parse(text);
        switch (message.event()) {
            case MEDIA_START -> start(streamId(message), message.format());
            case MEDIA_XOFF -> full = true;
            case MEDIA_XON -> full = false;
            case ERROR ->
                LOGGER.warn("Asterisk at {} says {}", channel().channel().remoteAddress(), message.text());
            case OTHER -> {
                // It says nothing of the audio: digits, marks, and what later versions have.
            }
        }
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

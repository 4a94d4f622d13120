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
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * A protocol with one stream per connection: a text message starts it, and samples are exchanged in binary messages.
 * Confined to the connection's loop.
 */
abstract class SampleHandler extends WebSocketHandler implements MediaSink {
    private final String startName;
    private AudioStream stream;

    /** @param startName name of the message that starts the stream, for error messages */
    SampleHandler(StreamOpener opener, String startName) {
        super(opener);
        this.startName = startName;
    }

    /** Handles a text message. */
    abstract void text(String message) throws BadMessageException, SessionRefusedException;

    @Override
    final void message(ChannelHandlerContext from, WebSocketFrame frame)
            throws BadMessageException, SessionRefusedException {
        if (frame instanceof TextWebSocketFrame text) {
            text(text.text());
        } else if (frame instanceof BinaryWebSocketFrame) {
            audio(ByteBufUtil.getBytes(frame.content()));
        }
    }

    /**
     * Starts the stream.
     *
     * @throws BadMessageException if it has been started before
     */
    void start(String streamId, MediaFormat format) throws BadMessageException, SessionRefusedException {
        if (stream != null) {
            throw new BadMessageException("Expected one " + startName + " message, found a second one.");
        }
        stream = open(streamId, format, this);
    }

    /**
     * Takes the samples of a binary message.
     *
     * @throws BadMessageException if the stream has not been started, or the message ends within a sample
     */
    void audio(byte[] samples) throws BadMessageException {
        if (stream == null) {
            throw new BadMessageException("Expected a " + startName + " message before audio.");
        }
        stream.receive(samples);
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        if (!send(new BinaryWebSocketFrame(Unpooled.copiedBuffer(payload, 0, length)))) {
            stream.countNotPlayed();
        }
    }

    /** Returns the stream; null before it has been started. */
    AudioStream stream() {
        return stream;
    }
}

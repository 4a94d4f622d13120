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
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;

/**
 * Opens the streams of a connection. Confined to the connection's loop.
 *
 * @param context of the gateway's sessions
 * @param loop of the connection
 * @param ids generates the ids of streams that the peer does not name
 */
record StreamOpener(SessionContext context, MediaLoop loop, StreamIds ids) {
    /**
     * Opens a stream.
     *
     * @param peer the address of the other side
     * @param sink sends what is played
     * @throws SessionRefusedException if a limit is reached, or the stream id is in use
     */
    AudioStream open(String streamId, String peer, MediaFormat format, MediaSink sink) throws SessionRefusedException {
        MediaSession session = MediaSession.open(streamId, peer, format, sink, context, loop);
        return new AudioStream(session, context.settings());
    }
}

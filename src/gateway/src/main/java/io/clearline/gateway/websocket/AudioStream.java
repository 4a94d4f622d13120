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

import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamReceiver;
import io.clearline.schemas.FrameLimits;

/**
 * A stream of a connection: its session, and the receiver that cuts incoming samples into frames. Confined to the
 * connection's loop.
 */
final class AudioStream {
    private final MediaSession session;
    private final StreamReceiver receiver;

    AudioStream(MediaSession session, SessionSettings settings) {
        this.session = session;
        receiver = new StreamReceiver(session, settings);
    }

    /**
     * Takes the samples of a message.
     *
     * @throws BadMessageException if the message ends within a sample, since everything after it would be noise
     */
    void receive(byte[] samples) throws BadMessageException {
        int bytesPerSample = FrameLimits.bytesPerSample(session.frameEncoding());
        if (samples.length % bytesPerSample != 0) {
            throw new BadMessageException(
                    "Expected whole samples of " + bytesPerSample + " bytes, found " + samples.length + " bytes.");
        }
        receiver.receive(samples, 0, samples.length, System.nanoTime());
    }

    /** Counts a frame that was dropped because the peer does not accept it. */
    void countNotPlayed() {
        session.counters().add(SessionCounter.FRAMES_NOT_PLAYED);
    }

    MediaSession session() {
        return session;
    }
}

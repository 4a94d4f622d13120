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
package io.clearline.gateway.kafka;

import io.clearline.gateway.media.FrameTarget;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.StreamSession;
import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioFrame;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sends every frame, and blocks while Kafka accepts none. Meant for audio that can wait, such as a file.
 * Thread-confined.
 */
public final class WaitingFrameTarget implements FrameTarget {
    private final FrameSender sender;

    /**
     * Makes a target that writes with a sender.
     *
     * @param sender remains owned by the caller, who flushes and closes it
     */
    public WaitingFrameTarget(FrameSender sender) {
        this.sender = sender;
    }

    /**
     * Sends a frame.
     *
     * @throws UncheckedIOException if Kafka does not accept the frame within two minutes
     */
    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters counters) {
        frame.setSequence(session.nextSequence());
        try {
            sender.send(frame);
            counters.add(SessionCounter.FRAMES_TO_KAFKA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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

import io.clearline.gateway.media.SessionDirectory;
import io.clearline.schemas.EnhancedFrame;

/** Passes each enhanced frame to the session of its stream, on that session's loop. Thread-safe. */
public final class SessionDelivery implements EnhancedFrameListener {
    private final SessionDirectory directory;

    /**
     * Makes a listener for the sessions of a gateway.
     *
     * @param directory the running sessions
     */
    public SessionDelivery(SessionDirectory directory) {
        this.directory = directory;
    }

    @Override
    public boolean follows(String streamId) {
        return directory.find(streamId).isPresent();
    }

    @Override
    public void frame(EnhancedFrame frame, long readyNanos) {
        // The session may have ended since follows() was called.
        directory.find(frame.getStreamId()).ifPresent(session -> session.loop().deliver(session, frame, readyNanos));
    }
}

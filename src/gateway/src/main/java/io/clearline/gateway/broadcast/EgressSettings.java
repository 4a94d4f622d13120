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
package io.clearline.gateway.broadcast;

import java.time.Duration;

/**
 * Which stream goes where, and how.
 *
 * @param paced writes each frame when its time has come; otherwise as they come
 * @param once ends with the session, in place of waiting for the next
 * @param buffer from the first frame's arrival until it is written: what comes later than that behind its capture is
 *     replaced by silence
 */
public record EgressSettings(String streamId, OutputArguments output, boolean paced, boolean once, Duration buffer) {
    private static final Duration DEFAULT_BUFFER = Duration.ofMillis(200);

    /** In real time, from session to session, a fifth of a second behind the first frame. */
    public static EgressSettings of(String streamId, OutputArguments output) {
        return new EgressSettings(streamId, output, true, false, DEFAULT_BUFFER);
    }

    /** These, in real time or not. */
    public EgressSettings withPaced(boolean inTime) {
        return new EgressSettings(streamId, output, inTime, once, buffer);
    }

    /** These, ended with the session. */
    public EgressSettings withOnce() {
        return new EgressSettings(streamId, output, paced, true, buffer);
    }

    /** These, with another buffer. */
    public EgressSettings withBuffer(Duration wait) {
        return new EgressSettings(streamId, output, paced, once, wait);
    }
}

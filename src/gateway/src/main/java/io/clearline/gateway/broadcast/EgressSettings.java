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
 * Which stream is written where, and how. Immutable.
 *
 * @param streamId the stream whose enhanced frames are written
 * @param output the arguments of ffmpeg
 * @param paced writes each frame when it is due; otherwise frames are written as they arrive
 * @param once ends with the session; otherwise waits for the next one
 * @param buffer from the arrival of the first frame until it is written. A frame that arrives later than this, relative
 *     to its capture time, is replaced by silence
 */
public record EgressSettings(String streamId, OutputArguments output, boolean paced, boolean once, Duration buffer) {
    private static final Duration DEFAULT_BUFFER = Duration.ofMillis(200);

    /** Returns the default: in real time, session after session, with a buffer of 200 ms. */
    public static EgressSettings of(String streamId, OutputArguments output) {
        return new EgressSettings(streamId, output, true, false, DEFAULT_BUFFER);
    }

    /** Returns a copy that writes in real time, or not. */
    public EgressSettings withPaced(boolean inTime) {
        return new EgressSettings(streamId, output, inTime, once, buffer);
    }

    /** Returns a copy that ends with the session. */
    public EgressSettings withOnce() {
        return new EgressSettings(streamId, output, paced, true, buffer);
    }

    /** Returns a copy with another buffer time. */
    public EgressSettings withBuffer(Duration wait) {
        return new EgressSettings(streamId, output, paced, once, wait);
    }
}

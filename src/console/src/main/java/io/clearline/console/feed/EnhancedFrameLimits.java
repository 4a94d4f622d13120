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
package io.clearline.console.feed;

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import java.util.Map;

/**
 * Checks enhanced frames against the limits of frames. The job never writes one that breaks a limit. Another producer
 * might, and must not be able to break the console. Stateless.
 */
final class EnhancedFrameLimits {
    private EnhancedFrameLimits() {}

    /** Returns whether a frame breaks a limit. */
    static boolean areBrokenBy(EnhancedFrame frame) {
        AudioFrame answered = new AudioFrame(
                frame.getStreamId(),
                frame.getSequence(),
                frame.getCaptureTimeMicros(),
                frame.getSampleRateHz(),
                frame.getEncoding(),
                frame.getChannels(),
                frame.getPayload(),
                frame.getLastOfStream(),
                Map.of(),
                frame.getSession());
        return FrameLimits.checkFrame(answered).isPresent();
    }
}

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

import io.clearline.schemas.EnhancedFrame;

/** Receives enhanced frames on the thread that reads them, in the order of the topic. */
public interface EnhancedFrameListener {
    /** Returns whether frames of this stream are wanted. The frames of other streams are not decoded. */
    boolean follows(String streamId);

    /**
     * Receives a frame of a stream that is wanted. At-least-once delivery may repeat a frame.
     *
     * @param readyNanos when the frame was read, on the clock of {@link System#nanoTime}
     */
    void frame(EnhancedFrame frame, long readyNanos);
}

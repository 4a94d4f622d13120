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
package io.clearline.gateway.media;

import io.clearline.schemas.AudioFrame;

/**
 * Accepts the raw frames of all sessions, usually to write them to Kafka. Implementations are thread-safe unless they
 * say otherwise.
 */
public interface FrameTarget {
    /**
     * Accepts a frame. An implementation that carries live calls never blocks: it drops what it cannot send.
     *
     * @param session assigns the sequence number of the frame
     * @param frame complete except for its sequence number; owned by the target from here on
     * @param counters of the frame's session; the target counts there whether the frame was sent or dropped, possibly
     *     later and on another thread
     */
    void send(StreamSession session, AudioFrame frame, SessionCounters counters);
}

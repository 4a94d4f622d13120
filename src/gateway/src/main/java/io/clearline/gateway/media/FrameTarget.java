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

/** Where the frames of all sessions go. Any thread. */
public interface FrameTarget {
    /**
     * Takes a frame. One that carries calls never waits.
     *
     * @param frame complete except for its sequence
     * @param counters of its session, which are told when it can't be sent, now or later
     */
    void send(StreamSession session, AudioFrame frame, SessionCounters counters);
}

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

/**
 * What the sessions of a gateway share. Immutable; its components are thread-safe.
 *
 * @param frames accepts the raw frames
 * @param settings apply to every session
 * @param counters of all sessions together
 * @param addedDelay over all frames of all sessions
 * @param directory finds the session to which an enhanced frame belongs
 */
public record SessionContext(
        FrameTarget frames,
        SessionSettings settings,
        SessionCounters counters,
        MillisHistogram addedDelay,
        SessionDirectory directory) {}

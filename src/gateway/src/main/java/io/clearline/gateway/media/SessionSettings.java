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

import java.time.Duration;

/**
 * Delays, timeouts and limits that apply to every session.
 *
 * @param firstDelay from arrival to play-out of the first frames, until enhanced frames show how long they take
 * @param maxDelay limit of the delay of any frame; a frame that is not enhanced by then is played dry
 * @param idleTimeout a session that was not signalled ends after this time without a packet
 * @param maxPacketsPerSecond limit per session; packets above it are dropped
 */
public record SessionSettings(Duration firstDelay, Duration maxDelay, Duration idleTimeout, int maxPacketsPerSecond) {
    public static final SessionSettings DEFAULT =
            new SessionSettings(Duration.ofMillis(80), Duration.ofMillis(200), Duration.ofSeconds(60), 250);

    /** Returns a copy with another maximum delay. */
    public SessionSettings withMaxDelay(Duration delay) {
        return new SessionSettings(firstDelay, delay, idleTimeout, maxPacketsPerSecond);
    }

    /** Returns a copy with another idle timeout. */
    public SessionSettings withIdleTimeout(Duration timeout) {
        return new SessionSettings(firstDelay, maxDelay, timeout, maxPacketsPerSecond);
    }
}

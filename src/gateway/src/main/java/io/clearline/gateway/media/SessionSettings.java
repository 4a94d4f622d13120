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
 * What holds for every session.
 *
 * @param firstDelay from arrival to play-out of the first frames, until enhanced ones tell how long they take
 * @param maxDelay the most that any frame is delayed: what is not enhanced by then is played dry
 * @param idleTimeout without a packet for so long, a session that nobody signalled ends
 * @param maxPacketsPerSecond of a session; what is beyond is dropped
 */
public record SessionSettings(Duration firstDelay, Duration maxDelay, Duration idleTimeout, int maxPacketsPerSecond) {
    public static final SessionSettings DEFAULT =
            new SessionSettings(Duration.ofMillis(80), Duration.ofMillis(200), Duration.ofSeconds(60), 250);

    /** These, with another upper delay. */
    public SessionSettings withMaxDelay(Duration delay) {
        return new SessionSettings(firstDelay, delay, idleTimeout, maxPacketsPerSecond);
    }

    /** These, with another idle timeout. */
    public SessionSettings withIdleTimeout(Duration timeout) {
        return new SessionSettings(firstDelay, maxDelay, timeout, maxPacketsPerSecond);
    }
}

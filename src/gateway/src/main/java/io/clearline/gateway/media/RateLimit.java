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

/** Lets through so many a second. Thread-confined. */
public final class RateLimit {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private final int perSecond;
    private long windowStart;
    private int inWindow;

    public RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether one more may pass. */
    public boolean allows(long nowNanos) {
        if (nowNanos - windowStart >= SECOND_NANOS) {
            windowStart = nowNanos;
            inWindow = 0;
        }
        return ++inWindow <= perSecond;
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A limit of events a second counts anew in each second, whatever the origin of the clock. */
class RateLimitTest {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void eventsBeyondTheLimitAreRefusedUntilTheSecondIsOver() {
        RateLimit limit = new RateLimit(2);

        assertThat(limit.allows(5)).isTrue();
        assertThat(limit.allows(6)).isTrue();
        assertThat(limit.allows(7)).isFalse();
        assertThat(limit.allows(5 + SECOND_NANOS)).isTrue();
    }

    @Test
    void aClockThatBeginsBelowZeroIsAsGoodAsAnyOther() {
        RateLimit limit = new RateLimit(1);
        long start = -100 * SECOND_NANOS;

        assertThat(limit.allows(start)).isTrue();
        assertThat(limit.allows(start + 1)).isFalse();
        assertThat(limit.allows(start + SECOND_NANOS)).isTrue();
        assertThat(limit.allows(start + 2 * SECOND_NANOS)).isTrue();
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsDoubleUpToTheMaximumAndStartOverAfterAStableRun() {
        Backoff backoff = new Backoff(3000);
        assertThat(new long[] {
                    backoff.nextMillis(0),
                    backoff.nextMillis(0),
                    backoff.nextMillis(0),
                    backoff.nextMillis(0),
                    backoff.nextMillis(0)
                })
                .containsExactly(500, 1000, 2000, 3000, 3000);
        assertThat(backoff.nextMillis(TimeUnit.MINUTES.toNanos(1))).isEqualTo(500);
        assertThat(backoff.nextMillis(0)).isEqualTo(1000);
    }
}

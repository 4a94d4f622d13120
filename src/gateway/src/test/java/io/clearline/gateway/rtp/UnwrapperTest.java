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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnwrapperTest {
    @Test
    void sequencesContinueAcrossWraps() {
        Unwrapper sequences = new Unwrapper(16);
        for (long expected = 65_000; expected < 400_000; expected += 7) {
            assertThat(sequences.unwrap((int) (expected & 0xffff))).isEqualTo(expected);
        }
    }

    @Test
    void timestampsContinueAcrossWrapsAndPausesOfHours() {
        Unwrapper timestamps = new Unwrapper(32);
        long sixHours = 6L * 3600 * 48_000;
        for (long expected = 0xffff_0000L; expected < 20 * sixHours; expected += sixHours) {
            assertThat(timestamps.unwrap((int) expected)).isEqualTo(expected);
        }
    }

    @Test
    void aLateValueIsBeforeTheWrap() {
        Unwrapper sequences = new Unwrapper(16);
        sequences.unwrap(65_535);
        sequences.unwrap(2);
        assertThat(sequences.unwrap(65_534)).isEqualTo(65_534);
    }
}

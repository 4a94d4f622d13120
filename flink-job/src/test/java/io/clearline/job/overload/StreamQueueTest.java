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
package io.clearline.job.overload;

import static io.clearline.job.overload.Treatment.BYPASSED;
import static io.clearline.job.overload.Treatment.ENHANCED;
import static io.clearline.job.overload.Treatment.ENHANCED_AGAIN;
import static io.clearline.job.overload.Treatment.NOW_BYPASSED;
import static io.clearline.testkit.Allocation.assertNoAllocation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamQueueTest {
    private final StreamQueue queue = new StreamQueue();

    @Test
    void theNewestAreBypassedFirstAndTheOldestComeBackFirst() {
        come(5);
        queue.bypass(2);
        assertThat(treatments(5)).containsExactly(ENHANCED, ENHANCED, ENHANCED, NOW_BYPASSED, NOW_BYPASSED);
        queue.bypass(1);
        assertThat(treatments(5)).containsExactly(ENHANCED, ENHANCED, NOW_BYPASSED, BYPASSED, BYPASSED);
        queue.enhance(2);
        assertThat(treatments(5)).containsExactly(ENHANCED, ENHANCED, ENHANCED_AGAIN, ENHANCED_AGAIN, BYPASSED);
        queue.enhance(7);
        assertThat(treatments(5)).containsExactly(ENHANCED, ENHANCED, ENHANCED, ENHANCED, ENHANCED_AGAIN);
        assertThat(queue.bypassedStreams()).isZero();
    }

    @Test
    void aStreamThatIsAddedWhileOthersAreBypassedQueuesBehindThem() {
        come(3);
        queue.bypass(1);
        assertThat(next("s3")).isEqualTo(NOW_BYPASSED);
        queue.enhance(1);
        assertThat(treatments(4)).containsExactly(ENHANCED, ENHANCED, ENHANCED, BYPASSED);
    }

    @Test
    void aStreamThatIsRemovedAndAddedAgainIsTheNewest() {
        come(3);
        queue.remove("s0");
        come(3);
        queue.bypass(1);
        assertThat(treatments(3)).containsExactly(NOW_BYPASSED, ENHANCED, ENHANCED);
    }

    @Test
    void noMoreAreBypassedThanThereAre() {
        come(3);
        queue.bypass(9);
        assertThat(queue.bypassedStreams()).isEqualTo(3);
        IntStream.range(0, 3).forEach(i -> queue.remove("s" + i));
        assertThat(queue.bypassedStreams()).isZero();
        assertThat(queue.size()).isZero();
    }

    @Test
    void askingAllocatesNothing() {
        come(100);
        queue.bypass(50);
        assertNoAllocation(() -> {
            next("s20");
            next("s80");
        });
    }

    private void come(int streams) {
        treatments(streams);
    }

    private List<Treatment> treatments(int streams) {
        return IntStream.range(0, streams).mapToObj(i -> next("s" + i)).toList();
    }

    private Treatment next(String stream) {
        return queue.next(queue.place(stream, false, false));
    }

    @Test
    void aStreamOfARestoredJobIsTreatedAsItWas() {
        assertThat(queue.next(queue.place("dry", true, true))).isEqualTo(BYPASSED);
        assertThat(queue.next(queue.place("wet", true, false))).isEqualTo(ENHANCED);
        assertThat(queue.next(queue.place("new", false, false))).isEqualTo(NOW_BYPASSED);
        assertThat(queue.next(queue.place("late", true, false))).isEqualTo(ENHANCED);
        queue.enhance(1);
        assertThat(queue.next(queue.place("dry", true, true))).isEqualTo(ENHANCED_AGAIN);
    }
}

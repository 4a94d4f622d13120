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
package io.clearline.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

class TopicEnumeratorTest {
    private final List<String> calls = new ArrayList<>();
    private final FakeEnumeratorContext context = new FakeEnumeratorContext(calls);
    private String id = "first";
    private final TopicEnumerator enumerator =
            new TopicEnumerator(new FakeEnumerator(calls), "calls.frames.raw", this::find, context);

    private TopicId find() {
        if (id == null) {
            throw new FlinkRuntimeException("no broker answers");
        }
        return new TopicId(id);
    }

    @Test
    void aTopicThatIsMadeAgainWhileTheJobRunsFailsItInWords() {
        enumerator.start();
        context.intervalPasses();
        context.intervalPasses();
        id = "second";

        assertThatThrownBy(context::intervalPasses)
                .hasMessageContaining("calls.frames.raw was deleted and created again");
    }

    @Test
    void aBrokerThatIsAwayFailsNothing() {
        enumerator.start();
        context.intervalPasses();
        id = null;
        context.intervalPasses();
        id = "first";
        context.intervalPasses();

        assertThat(calls).containsExactly("start");
    }

    @Test
    void aBrokerThatKnowsNoIdsFailsNothing() {
        id = "";
        enumerator.start();
        context.intervalPasses();
        context.intervalPasses();

        assertThat(calls).containsExactly("start");
    }
}

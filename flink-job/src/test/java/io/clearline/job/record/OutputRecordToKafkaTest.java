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
package io.clearline.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.kafka.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

class OutputRecordToKafkaTest {
    private static final int MAX_REQUEST_BYTES = 100_000;

    private final OutputRecordToKafka toKafka =
            new OutputRecordToKafka(MAX_REQUEST_BYTES, WireHeaders.SINGLE_OBJECT, List.of("topic"));

    @Test
    void aRecordKeepsItsTopicKeyAndValue() {
        toKafka.open(new Context(), null);
        byte[] key = "call-1".getBytes(StandardCharsets.UTF_8);

        var sent = toKafka.serialize(new OutputRecord("topic", key, new byte[99_000]), null, null);

        assertThat(sent.topic()).isEqualTo("topic");
        assertThat(sent.key()).isEqualTo(key);
        assertThat(sent.value()).hasSize(99_000);
    }

    @Test
    void aRecordThatTheProducerWouldRefuseIsLeftOut() {
        toKafka.open(new Context(), null);

        assertThat(toKafka.serialize(new OutputRecord("topic", null, new byte[MAX_REQUEST_BYTES]), null, null))
                .isNull();
    }

    @Test
    void aTextIsCutToWhatARecordHolds() {
        assertThat(BoundedText.of("short")).isEqualTo("short");
        assertThat(BoundedText.of("x".repeat(5000)))
                .hasSize(BoundedText.MAX_CHARS)
                .endsWith("x...");
        // Truncation would split a character outside the basic plane.
        String astral = "x".repeat(BoundedText.MAX_CHARS - 4) + "\uD83D\uDE00".repeat(10);
        assertThat(BoundedText.of(astral)).hasSize(BoundedText.MAX_CHARS - 1).endsWith("x...");
    }

    /** The context that the sink passes to open. */
    private static final class Context implements SerializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
        }
    }
}

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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class JobFailureTest {
    @Test
    void theReasonIsTheFirstLineOfTheRootCause() {
        Exception failure =
                new FlinkRuntimeException("Global failure", new IOException("The disk is full.\nat line 2"));

        assertThat(JobFailure.reason(failure)).isEqualTo("The disk is full.");
    }

    @Test
    void aMissingTopicIsExplained() {
        Exception failure = new FlinkRuntimeException(
                "Failed to list subscribed topic partitions due to", new UnknownTopicOrPartitionException("no host"));

        assertThat(JobFailure.reason(new SerializedThrowable(failure))).startsWith("a topic is missing");
    }

    @Test
    void aLongMessageIsTruncated() {
        assertThat(JobFailure.reason(new IOException("x".repeat(5000))))
                .hasSize(303)
                .endsWith("...");
    }
}

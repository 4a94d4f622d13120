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
package io.clearline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.kafka.DeliveryMode;
import io.clearline.testkit.CommittedText;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorUidTest {
    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void everyOperatorKeepsTheUidUnderWhichSavepointsHoldItsState(DeliveryMode mode) {
        List<String> uids = DefinedJob.graph(mode).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .toList();
        // Savepoints of all earlier versions contain these uids. A uid that changes loses the operator's state.
        assertThat(uids)
                .containsExactlyInAnyOrder(
                        "frames-raw",
                        "decode",
                        "frames-dead",
                        "Sink Committer: frames-dead",
                        "models",
                        "fetch",
                        "enhance",
                        "enhanced",
                        "Sink Committer: enhanced");
    }

    @Test
    void aNewJobCanGrowToAThousandSubtasksAndOneThatGoesOnKeepsItsKeyGroups() {
        assertThat(DefinedJob.graph(new Configuration()).getExecutionConfig().getMaxParallelism())
                .isEqualTo(1024);
        Configuration goesOn = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/savepoint");
        assertThat(DefinedJob.graph(goesOn).getExecutionConfig().getMaxParallelism())
                .isEqualTo(-1);
        Configuration chosen = new Configuration().set(PipelineOptions.MAX_PARALLELISM, 2048);
        assertThat(DefinedJob.graph(chosen).getExecutionConfig().getMaxParallelism())
                .isEqualTo(2048);
    }

    @Test
    void theConfigurationOfADeploymentLeavesTheKeyGroupsToTheJob() {
        Path deployed = CommittedText.home().resolve("deploy/flink");
        Configuration options = GlobalConfiguration.loadConfiguration(deployed.toString());
        assertThat(DefinedJob.graph(options).getExecutionConfig().getMaxParallelism())
                .isEqualTo(1024);
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/savepoint");
        assertThat(DefinedJob.graph(options).getExecutionConfig().getMaxParallelism())
                .isEqualTo(-1);
    }
}

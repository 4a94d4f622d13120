package io.clearline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.job.operator.ShippedModel;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.Provenance;
import io.clearline.testkit.CommittedText;
import io.clearline.unfolding.TestModels;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorUidTest {
    @ParameterizedTest
    @EnumSource(JobMode.class)
    void everyOperatorKeepsTheUidUnderWhichSavepointsHoldItsState(JobMode mode) {
        List<String> uids = graph(mode).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .toList();
        // A savepoint of any earlier version has these: a name that changes here loses state there.
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
    void aNewJobCanGrowToAMillionStreamsAndOneThatGoesOnKeepsItsKeyGroups() {
        assertThat(graph(new Configuration()).getExecutionConfig().getMaxParallelism())
                .isEqualTo(4096);
        Configuration goesOn = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/savepoint");
        assertThat(graph(goesOn).getExecutionConfig().getMaxParallelism()).isEqualTo(-1);
        Configuration chosen = new Configuration().set(PipelineOptions.MAX_PARALLELISM, 1024);
        assertThat(graph(chosen).getExecutionConfig().getMaxParallelism()).isEqualTo(1024);
    }

    @Test
    void theConfigurationOfADeploymentLeavesTheKeyGroupsToTheJob() {
        Path deployed = CommittedText.home().resolve("deploy/flink");
        Configuration options = GlobalConfiguration.loadConfiguration(deployed.toString());
        assertThat(graph(options).getExecutionConfig().getMaxParallelism()).isEqualTo(4096);
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, "file:/savepoint");
        assertThat(graph(options).getExecutionConfig().getMaxParallelism()).isEqualTo(-1);
    }

    private static StreamGraph graph(JobMode mode) {
        return graph(new Configuration().set(JobOptions.MODE, mode));
    }

    private static StreamGraph graph(Configuration given) {
        Configuration options = new Configuration(given).set(JobOptions.BOOTSTRAP_SERVERS, "localhost:1");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, options);
        ArtifactFiles files = ModelArtifact.write(TestModels.bandModel(new StftSpec(512, 256)), Provenance.unknown());
        ClearlineJob.defineUnannounced(env, options, List.of(new ShippedModel(files.safetensors(), files.card())));
        return env.getStreamGraph();
    }
}

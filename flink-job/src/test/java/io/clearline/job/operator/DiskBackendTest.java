package io.clearline.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.unfolding.TestModels;
import io.clearline.unfolding.model.EnhancementModel;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

class DiskBackendTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));

    @Test
    void aStreamWhoseStateIsOnDiskGivesTheSameBytes() throws Exception {
        assertThat(run(new EmbeddedRocksDBStateBackend())).isEqualTo(run(new HashMapStateBackend()));
    }

    private static Map<String, String> run(StateBackend backend) throws Exception {
        GoldenStreams streams = new GoldenStreams();
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(MODEL, backend)) {
            operator.send(streams.before);
            snapshot = operator.snapshot();
        }
        try (OperatorHarness operator = OperatorHarness.restore(MODEL, snapshot, 1, 0, backend)) {
            operator.send(streams.after);
            operator.pass(5);
            return GoldenStreams.hashes(operator.frames());
        }
    }
}

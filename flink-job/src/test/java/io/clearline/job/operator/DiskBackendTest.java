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
package io.clearline.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
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

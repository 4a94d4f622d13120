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

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.DeliveryMode;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.Provenance;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job graph as it would be submitted, with a small model. It does not connect to Kafka. */
final class DefinedJob {
    static final String BOOTSTRAP_SERVERS = "localhost:1";

    private DefinedJob() {}

    static StreamGraph graph(DeliveryMode mode) {
        return graph(new Configuration().set(JobOptions.MODE, mode));
    }

    static StreamGraph graph(Configuration given) {
        Configuration options = new Configuration(given).set(JobOptions.BOOTSTRAP_SERVERS, BOOTSTRAP_SERVERS);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, options);
        ArtifactFiles files = ModelArtifact.write(TestModels.bandModel(new StftSpec(512, 256)), Provenance.unknown());
        ClearlineJob.defineUnannounced(env, options, List.of(new ModelFiles(files.safetensors(), files.card())));
        return env.getStreamGraph();
    }
}

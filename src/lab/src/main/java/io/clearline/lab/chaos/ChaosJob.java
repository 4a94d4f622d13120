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
package io.clearline.lab.chaos;

import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/** The job of the chaos, soak and recovery runs: the small model, one checkpoint a second, four subtasks. Stateless. */
final class ChaosJob {
    private static final int SUBTASKS = 4;

    private ChaosJob() {}

    /**
     * Prepares a job.
     *
     * @param topics topics of the job; their prefix is also its consumer group
     * @param idleTimeout time without a frame after which a live job closes a stream
     */
    static ClusterJob on(TestCluster cluster, Topics topics, DeliveryMode mode, Duration idleTimeout)
            throws IOException {
        Configuration options = new Configuration();
        options.set(JobOptions.MODE, mode);
        options.set(JobOptions.TOPIC_PREFIX, topics.prefix());
        options.set(JobOptions.GROUP_ID, topics.prefix());
        options.set(JobOptions.IDLE_TIMEOUT, idleTimeout);
        // Overload handling keeps its defaults: frames that an outage delayed must still be enhanced.
        // Reordering is by count alone. With a timeout the output would depend on the length of a stall.
        options.set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        // One fetch response must pass a slow link before the client's request times out.
        options.setString(JobOptions.KAFKA_PREFIX + "max.partition.fetch.bytes", "65536");
        new SmallModels(cluster).addTo(options);
        return new ClusterJob(cluster, options, SUBTASKS);
    }
}

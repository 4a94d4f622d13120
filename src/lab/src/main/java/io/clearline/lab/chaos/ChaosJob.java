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

/** The job as chaos and soak run it: the small model, a checkpoint a second, four subtasks. */
final class ChaosJob {
    private static final int SUBTASKS = 4;

    private ChaosJob() {}

    /** Describes it on topics of its own. */
    static ClusterJob on(TestCluster cluster, Topics topics, DeliveryMode mode, Duration idleTimeout)
            throws IOException {
        Configuration options = new Configuration();
        options.set(JobOptions.MODE, mode);
        options.set(JobOptions.TOPIC_PREFIX, topics.prefix());
        options.set(JobOptions.GROUP_ID, topics.prefix());
        options.set(JobOptions.IDLE_TIMEOUT, idleTimeout);
        // Overload handling is on, as it is by default: what an outage made late is enhanced all the same.
        // What is compared are bits, through stalls of any length.
        options.set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        // Less in one answer than a slow link carries before the client gives up.
        options.setString(JobOptions.KAFKA_PREFIX + "max.partition.fetch.bytes", "65536");
        new SmallModels(cluster).addTo(options);
        return new ClusterJob(cluster, options, SUBTASKS);
    }
}

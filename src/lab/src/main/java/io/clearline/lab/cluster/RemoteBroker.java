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
package io.clearline.lab.cluster;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Requests to a broker in another process, each with a client of its own. Immutable. */
public final class RemoteBroker {
    private static final int ANSWER_SECONDS = 10;

    private final String bootstrapServers;

    /** @param bootstrapServers address of one broker, as host:port */
    public RemoteBroker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Waits until the broker answers.
     *
     * @param what the phrase that completes "Waited 30 s for ..."
     * @throws IOException after the timeout
     */
    public void awaitBroker(String what, Duration timeout) throws IOException {
        int colon = bootstrapServers.lastIndexOf(':');
        Await.until(what, timeout, () -> {
            // A plain socket first: the admin client would log a warning for each failed attempt.
            new Socket(bootstrapServers.substring(0, colon), Integer.parseInt(bootstrapServers.substring(colon + 1)))
                    .close();
            try (Admin admin = admin()) {
                return !admin.describeCluster()
                        .nodes()
                        .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .isEmpty();
            }
        });
    }

    /** Returns the number of records of a topic that a consumer group has not committed yet. */
    public long consumerLag(String groupId, String topic, int partitions) throws IOException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(groupId)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return admin.listOffsets(ends).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                    .mapToLong(end -> end.getValue().offset() - offset(committed.get(end.getKey())))
                    .sum();
        } catch (Exception e) {
            throw new IOException(
                    "Cannot read the lag of the consumer group " + groupId + " on " + topic + ": " + e.getMessage(), e);
        }
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
}

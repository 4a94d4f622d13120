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
package io.clearline.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** The topics with the settings that the job needs, and how they are made. Stateless. */
public final class KafkaTopics {
    /**
     * Records of one frame limit, and the dead letters that carry one, pass; bigger ones too, to be refused by the job.
     */
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final Duration YEAR = Duration.ofDays(365);
    private static final int ANSWER_SECONDS = 60;
    private static final long LOOK_MILLIS = 50;

    private KafkaTopics() {}

    /**
     * Every topic.
     *
     * @param partitions of the topics with streams; the others have one
     * @param replicas copies of each partition
     */
    public static List<NewTopic> of(Topics topics, int partitions, short replicas) {
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        // The broker's clock tells how long a frame has waited; a sender's may be wrong.
        Map<String, String> raw = new HashMap<>(large);
        raw.put("message.timestamp.type", "LogAppendTime");
        // Before they are compacted away announcements stay for as long as a replay may want to know them.
        Map<String, String> models =
                Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", Long.toString(YEAR.toMillis()));
        return List.of(
                new NewTopic(topics.rawFrames(), partitions, replicas).configs(raw),
                new NewTopic(topics.deadFrames(), 1, replicas).configs(large),
                new NewTopic(topics.enhancedFrames(), partitions, replicas),
                new NewTopic(topics.sdrEstimates(), partitions, replicas),
                new NewTopic(topics.events(), partitions, replicas),
                new NewTopic(topics.models(), 1, replicas).configs(models),
                new NewTopic(topics.modelEvents(), 1, replicas));
    }

    /**
     * Makes those that are not there yet, and waits until they take records.
     *
     * @return the names of those that were made
     * @throws IOException when Kafka refuses
     */
    public static List<String> create(String bootstrapServers, Properties settings, Collection<NewTopic> topics)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(properties)) {
            return create(admin, topics);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Topics can't be made at " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Kafka at " + bootstrapServers + " made no topics within " + ANSWER_SECONDS + " seconds.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while topics were made.", e);
        }
    }

    private static List<String> create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> present = admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        List<NewTopic> missing =
                topics.stream().filter(topic -> !present.contains(topic.name())).toList();
        admin.createTopics(missing).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        awaitLeaders(admin, missing);
        return missing.stream().map(NewTopic::name).toList();
    }

    /**
     * Waits until each partition is led. An idempotent producer that is earlier than that can lose its first batches:
     * the second is taken, the first comes again and is out of sequence until it expires (KAFKA-15591).
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (!areLed(admin, topics)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static boolean areLed(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int i = 0; i < topic.numPartitions(); i++) {
                ends.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        try {
            // The client logs an error where it asks for the end in a topic that the broker has not heard of yet.
            admin.describeTopics(topics.stream().map(NewTopic::name).toList())
                    .allTopicNames()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            // Only the leader knows the end.
            admin.listOffsets(ends).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                // May make topics and not look at them: they are made.
                return true;
            }
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }
}

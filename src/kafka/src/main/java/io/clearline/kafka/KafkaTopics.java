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

/** Creates the topics with the settings that the job needs. Stateless. */
public final class KafkaTopics {
    /**
     * The largest record of the topics of raw and dead frames. It is larger than the job's own limit, so that a record
     * above that limit becomes a dead letter with a reason instead of an error at the sender.
     */
    static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final Duration YEAR = Duration.ofDays(365);
    private static final int TIMEOUT_SECONDS = 60;
    private static final long POLL_MILLIS = 50;

    private KafkaTopics() {}

    /**
     * Returns every topic with its settings.
     *
     * @param partitions number of partitions of the topics with streams; the others have one
     * @param replicas number of replicas of each partition
     */
    public static List<NewTopic> of(Topics topics, int partitions, short replicas) {
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        // The time that a frame has waited is measured by the broker's clock, because a sender's may be wrong.
        Map<String, String> raw = new HashMap<>(large);
        raw.put("message.timestamp.type", "LogAppendTime");
        // A replay needs the announcements of the time that it replays, so compaction leaves them for a year.
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
     * Creates the topics that do not exist yet, and waits until they accept records.
     *
     * @return the names of the created topics
     * @throws IOException if Kafka refuses or does not answer within a minute
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
                    "Topics can't be created at " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Kafka at " + bootstrapServers + " created no topics within " + TIMEOUT_SECONDS + " seconds.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while creating topics.", e);
        }
    }

    private static List<String> create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        List<NewTopic> missing =
                topics.stream().filter(topic -> !present.contains(topic.name())).toList();
        admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        awaitLeaders(admin, missing);
        return missing.stream().map(NewTopic::name).toList();
    }

    /**
     * Waits until each partition has a leader. An idempotent producer that writes earlier can lose its first batches:
     * the broker accepts the second batch, and the retried first one is out of sequence until it expires (KAFKA-15591).
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!haveLeaders(admin, topics)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean haveLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int i = 0; i < topic.numPartitions(); i++) {
                ends.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        try {
            // Checked first, because listOffsets logs an error for a topic that the broker does not know yet.
            admin.describeTopics(topics.stream().map(NewTopic::name).toList())
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            // Only the leader of a partition answers.
            admin.listOffsets(ends).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                // This user may create topics but not describe them: there is nothing to wait for.
                return true;
            }
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }
}

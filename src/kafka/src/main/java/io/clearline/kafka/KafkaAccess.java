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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/** Asks Kafka whether it takes this client, and says what to do when it doesn't. Stateless. */
public final class KafkaAccess {
    /** The user of the settings, where a right must name one. */
    public static final String THIS_USER = "this-user";

    private static final String PATIENCE_MILLIS = "10000";

    private KafkaAccess() {}

    /**
     * Connects and lets Kafka check certificate, user and password.
     *
     * @throws IOException that says what failed
     */
    public static void requireConnection(String bootstrapServers, Properties settings) throws IOException {
        ask(bootstrapServers, settings, admin -> admin.describeCluster()
                .clusterId()
                .get());
    }

    /**
     * Looks whether the user has the rights on topics among these.
     *
     * @throws IOException that names the rights that are missing
     */
    public static void requireRights(String bootstrapServers, Properties settings, Collection<AclBinding> rights)
            throws IOException {
        List<AclBinding> needed = rights.stream()
                .filter(right -> right.pattern().resourceType() == ResourceType.TOPIC)
                .toList();
        ask(bootstrapServers, settings, admin -> {
            for (AclBinding right : needed) {
                Set<AclOperation> allowed = allowed(admin, right.pattern().name());
                if (!allowed.contains(right.entry().operation())) {
                    throw new AuthorizationException("no " + right.entry().operation() + " on "
                            + right.pattern().name());
                }
            }
            return null;
        });
    }

    /**
     * Looks whether topics are there, where a client would wait for them.
     *
     * @throws IOException that names those that are not
     */
    public static void requireTopics(String bootstrapServers, Properties settings, Collection<String> topics)
            throws IOException {
        requireNone(bootstrapServers, missing(bootstrapServers, settings, topics));
    }

    private static void requireNone(String bootstrapServers, Collection<String> missing) throws IOException {
        if (!missing.isEmpty()) {
            throw new IOException(hasNo(bootstrapServers, missing) + ". Make it, or say another --topic-prefix.");
        }
    }

    private static String hasNo(String bootstrapServers, Collection<String> missing) {
        return "Kafka at " + bootstrapServers + " has no topic " + String.join(", ", missing);
    }

    /**
     * Makes those of the job's topics that are not there beside its input, with as many partitions and replicas as that
     * has: a version of the job may write to a topic that the one before did not know.
     *
     * @return the names of those that were made
     * @throws IOException when the input is not there, or Kafka refuses
     */
    public static List<String> completeTopics(String bootstrapServers, Properties settings, Topics topics)
            throws IOException {
        Set<String> missing = missing(bootstrapServers, settings, topics.all());
        if (missing.isEmpty()) {
            return List.of();
        }
        requireNone(bootstrapServers, missing.contains(topics.rawFrames()) ? List.of(topics.rawFrames()) : List.of());
        List<TopicPartitionInfo> partitions =
                ask(bootstrapServers, settings, admin -> admin.describeTopics(List.of(topics.rawFrames()))
                        .topicNameValues()
                        .get(topics.rawFrames())
                        .get()
                        .partitions());
        short replicas = (short) partitions.get(0).replicas().size();
        List<NewTopic> wanted = KafkaTopics.of(topics, partitions.size(), replicas).stream()
                .filter(topic -> missing.contains(topic.name()))
                .toList();
        try {
            return KafkaTopics.create(bootstrapServers, settings, wanted);
        } catch (IOException e) {
            throw new IOException(
                    hasNo(bootstrapServers, missing) + " beside " + topics.rawFrames()
                            + ". Make it, or let this client make it: " + e.getMessage(),
                    e);
        }
    }

    private static Set<String> missing(String bootstrapServers, Properties settings, Collection<String> topics)
            throws IOException {
        return ask(bootstrapServers, settings, admin -> {
            Set<String> absent = new TreeSet<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                    admin.describeTopics(topics).topicNameValues().entrySet()) {
                if (isMissing(topic.getValue())) {
                    absent.add(topic.getKey());
                }
            }
            return absent;
        });
    }

    private static boolean isMissing(KafkaFuture<TopicDescription> topic)
            throws ExecutionException, InterruptedException {
        try {
            topic.get();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return true;
            }
            throw e;
        }
    }

    /** The id of the Kafka cluster: the same for as long as the cluster keeps its data. */
    public static String clusterId(String bootstrapServers, Properties settings) throws IOException {
        return ask(bootstrapServers, settings, admin -> admin.describeCluster()
                .clusterId()
                .get());
    }

    /**
     * The largest record that each topic takes, by its {@code max.message.bytes}. Topics that are missing, or whose
     * settings this user may not see (DESCRIBE_CONFIGS), are left out.
     *
     * @throws IOException when Kafka does not answer
     */
    public static Map<String, Integer> recordLimits(
            String bootstrapServers, Properties settings, Collection<String> topics) throws IOException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return ask(bootstrapServers, settings, admin -> {
            Map<String, Integer> limits = new TreeMap<>();
            for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic :
                    admin.describeConfigs(resources).values().entrySet()) {
                recordLimit(topic.getValue())
                        .ifPresent(limit -> limits.put(topic.getKey().name(), limit));
            }
            return limits;
        });
    }

    private static Optional<Integer> recordLimit(KafkaFuture<Config> topic)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.ofNullable(topic.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .map(entry -> Integer.valueOf(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Set<AclOperation> allowed(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = admin.describeTopics(
                        List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get();
        return found.get(topic).authorizedOperations();
    }

    /** A question to Kafka. */
    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private static <T> T ask(String bootstrapServers, Properties settings, Question<T> question) throws IOException {
        Properties complete = new Properties();
        complete.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        complete.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        complete.putAll(settings);
        complete.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        String doing = "Kafka at " + bootstrapServers + " does not take this client";
        try (Admin admin = Admin.create(complete)) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw failure(doing, e.getCause());
        } catch (KafkaException e) {
            throw failure(doing, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Kafka was asked", e);
        }
    }

    /** What a Kafka client's error means: what was tried, what came, what to do. */
    public static IOException failure(String tried, Throwable error) {
        return new IOException(tried + ": " + says(error) + remedy(error), error);
    }

    private static String says(Throwable error) {
        // "Failed to create new KafkaAdminClient" and the like have the reason below.
        Throwable reason = error;
        while (reason.getClass() == KafkaException.class && reason.getCause() != null) {
            reason = reason.getCause();
        }
        String message = String.valueOf(reason.getMessage()).strip();
        return message.endsWith(".") ? message : message + ".";
    }

    private static String remedy(Throwable error) {
        if (error instanceof AuthorizationException) {
            return " Give this user the right; SECURITY.md lists what each program needs.";
        }
        if (error instanceof SaslAuthenticationException) {
            return " Check user and password (sasl.jaas.config) and sasl.mechanism.";
        }
        if (error instanceof SslAuthenticationException) {
            return " Check ssl.truststore.location: it must hold the certificate that signed the broker's.";
        }
        if (error instanceof UnknownTopicOrPartitionException) {
            return " Make the topic, or say another --topic-prefix.";
        }
        if (error instanceof TimeoutException) {
            return " The broker is down, or it listens and gives no answer: does it want TLS?"
                    + " Set security.protocol with --kafka-config.";
        }
        return "";
    }
}

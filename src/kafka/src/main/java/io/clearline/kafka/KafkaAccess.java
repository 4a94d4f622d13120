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

/**
 * Checks at the start of a program that Kafka accepts the client and that topics and permissions are in place. Errors
 * name the remedy. Stateless; each call opens and closes an admin client.
 */
public final class KafkaAccess {
    /** A placeholder for the user of the client settings, where an ACL must name a principal. */
    public static final String THIS_USER = "this-user";

    private static final String TIMEOUT_MILLIS = "10000";

    private KafkaAccess() {}

    /**
     * Connects to Kafka, which checks certificate, user and password.
     *
     * @throws IOException if Kafka does not answer or refuses the client; the message names the remedy
     */
    public static void requireConnection(String bootstrapServers, Properties settings) throws IOException {
        clusterId(bootstrapServers, settings);
    }

    /**
     * Checks that the user has the permissions on topics among the given ones; others are not checked.
     *
     * @throws IOException if a permission is missing; the message names the first one
     */
    public static void requireAcls(String bootstrapServers, Properties settings, Collection<AclBinding> acls)
            throws IOException {
        List<AclBinding> needed = acls.stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC)
                .toList();
        request(bootstrapServers, settings, admin -> {
            for (AclBinding acl : needed) {
                Set<AclOperation> allowed = allowed(admin, acl.pattern().name());
                // A broker that does not report what it allows cannot be checked this way.
                if (allowed != null && !allowed.contains(acl.entry().operation())) {
                    throw new AuthorizationException("no " + acl.entry().operation() + " on "
                            + acl.pattern().name());
                }
            }
            return null;
        });
    }

    /**
     * Checks that topics exist. A producer or consumer would retry on a missing topic instead of failing.
     *
     * @throws IOException if topics are missing; the message names them
     */
    public static void requireTopics(String bootstrapServers, Properties settings, Collection<String> topics)
            throws IOException {
        requireNone(bootstrapServers, missing(bootstrapServers, settings, topics));
    }

    private static void requireNone(String bootstrapServers, Collection<String> missing) throws IOException {
        if (!missing.isEmpty()) {
            throw new IOException(
                    missingText(bootstrapServers, missing) + ". Create it, or set another --topic-prefix.");
        }
    }

    private static String missingText(String bootstrapServers, Collection<String> missing) {
        return "Kafka at " + bootstrapServers + " has no topic " + String.join(", ", missing);
    }

    /**
     * Creates the job's missing output topics with as many partitions and replicas as its input has. A newer version of
     * the job may write to a topic that an earlier one did not know.
     *
     * @return the names of the created topics
     * @throws IOException if the input topic does not exist, or Kafka refuses
     */
    public static List<String> completeTopics(String bootstrapServers, Properties settings, Topics topics)
            throws IOException {
        Set<String> missing = missing(bootstrapServers, settings, topics.all());
        if (missing.isEmpty()) {
            return List.of();
        }
        requireNone(bootstrapServers, missing.contains(topics.rawFrames()) ? List.of(topics.rawFrames()) : List.of());
        List<TopicPartitionInfo> partitions =
                request(bootstrapServers, settings, admin -> admin.describeTopics(List.of(topics.rawFrames()))
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
                    missingText(bootstrapServers, missing) + " beside " + topics.rawFrames()
                            + ". Create it, or allow this client to create it: " + e.getMessage(),
                    e);
        }
    }

    private static Set<String> missing(String bootstrapServers, Properties settings, Collection<String> topics)
            throws IOException {
        return request(bootstrapServers, settings, admin -> {
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

    /** Returns the id of the Kafka cluster, which stays the same for as long as the cluster keeps its data. */
    public static String clusterId(String bootstrapServers, Properties settings) throws IOException {
        return request(bootstrapServers, settings, admin -> admin.describeCluster()
                .clusterId()
                .get());
    }

    /**
     * Returns the largest record that each topic accepts, its {@code max.message.bytes}. Topics that are missing, or
     * whose settings this user may not see (DESCRIBE_CONFIGS), are left out.
     *
     * @return bytes by topic
     * @throws IOException if Kafka does not answer
     */
    public static Map<String, Integer> recordLimits(
            String bootstrapServers, Properties settings, Collection<String> topics) throws IOException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return request(bootstrapServers, settings, admin -> {
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

    /** A request to Kafka. */
    private interface Request<T> {
        T send(Admin admin) throws ExecutionException, InterruptedException;
    }

    private static <T> T request(String bootstrapServers, Properties settings, Request<T> request) throws IOException {
        Properties complete = new Properties();
        complete.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        complete.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        complete.putAll(settings);
        complete.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        String attempt = "The request to Kafka at " + bootstrapServers + " failed";
        try (Admin admin = Admin.create(complete)) {
            return request.send(admin);
        } catch (ExecutionException e) {
            throw failure(attempt, e.getCause());
        } catch (KafkaException e) {
            throw failure(attempt, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for Kafka", e);
        }
    }

    /**
     * Returns an exception that explains an error of a Kafka client, with a remedy where one is known.
     *
     * @param attempt what failed, as the beginning of the message, such as "Frames can't be written to TOPIC"
     */
    public static IOException failure(String attempt, Throwable error) {
        return new IOException(attempt + ": " + reason(error) + remedy(error), error);
    }

    private static String reason(Throwable error) {
        // Wrappers such as "Failed to create new KafkaAdminClient" hide the reason in their cause.
        Throwable reason = error;
        while (reason.getClass() == KafkaException.class && reason.getCause() != null) {
            reason = reason.getCause();
        }
        String message = String.valueOf(reason.getMessage()).strip();
        return message.endsWith(".") ? message : message + ".";
    }

    private static String remedy(Throwable error) {
        if (error instanceof AuthorizationException) {
            return " Grant this user the ACL; SECURITY.md lists what each program needs.";
        }
        if (error instanceof SaslAuthenticationException) {
            return " Check the user and password (sasl.jaas.config) and sasl.mechanism.";
        }
        if (error instanceof SslAuthenticationException) {
            return " Check ssl.truststore.location: it must contain the certificate that signed the broker's.";
        }
        if (error instanceof UnknownTopicOrPartitionException) {
            return " Create the topic, or set another --topic-prefix.";
        }
        if (error instanceof TimeoutException) {
            return " The broker is down, or it requires TLS: then set security.protocol with --kafka-config.";
        }
        return "";
    }
}

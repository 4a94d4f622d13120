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
package io.clearline.cli;

import io.clearline.console.feed.KafkaClients;
import io.clearline.job.JobOptions;
import io.clearline.kafka.HttpSchemaRegistry;
import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireFormat;
import io.clearline.kafka.WireHeaders;
import io.clearline.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** Where Kafka is, for every command that talks to one. */
final class KafkaOptions {
    private static final int REACH_MILLIS = 3000;

    @Option(
            names = {"--bootstrap-servers", "--bootstrap"},
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Kafka brokers, separated by commas (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "First part of every topic's name (default: ${DEFAULT-VALUE}).")
    private String topicPrefix;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties file with settings of the Kafka client: TLS, user and password. A secret may be"
                    + " elsewhere: $${env:NAME} is an environment variable.")
    private Path config;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of the Kafka client, such as linger.ms=5; repeatable. Secrets belong in --kafka-config.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--wire",
            paramLabel = "FRAMING",
            defaultValue = "single-object",
            converter = WireFormatConverter.class,
            description = "What stands in front of records that are written: single-object or registry (default:"
                    + " ${DEFAULT-VALUE}).")
    private WireFormat wire;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "Schema registry with Confluent's HTTP interface; with it records in either framing are read.")
    private String registry;

    /** The schema registry; null: none. */
    SchemaRegistry registry() {
        return registry == null ? null : new HttpSchemaRegistry(registry);
    }

    /**
     * The framing to write.
     *
     * @throws IOException when the registry does not answer
     */
    WireHeaders headers() throws IOException {
        if (wire == WireFormat.SINGLE_OBJECT) {
            return WireHeaders.SINGLE_OBJECT;
        }
        if (registry == null) {
            throw new IOException("Which schema registry? --wire registry needs --registry URL.");
        }
        return WireHeaders.registered(registry(), topics());
    }

    /**
     * What the console's parts reach Kafka with.
     *
     * @throws IOException when the settings can't be read, or the registry does not answer
     */
    KafkaClients clients() throws IOException {
        return new KafkaClients(bootstrapServers, topics(), settings(), headers(), registry());
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Topics topics() {
        return new Topics(topicPrefix);
    }

    /**
     * What the clients are made with.
     *
     * @throws IOException when the file can't be read
     */
    Properties settings() throws IOException {
        KafkaSettings.requireNoPlainSecrets(settings);
        Properties properties = config == null ? new Properties() : KafkaSettings.read(config);
        properties.putAll(settings);
        KafkaSettings.requireVariables(properties, System.getenv()::containsKey);
        return KafkaSettings.resolvable(properties);
    }

    /** Tells the job the same. */
    void addTo(Configuration options) {
        options.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(JobOptions.TOPIC_PREFIX, topicPrefix);
        options.set(JobOptions.WIRE, wire);
        if (registry != null) {
            options.set(JobOptions.REGISTRY, registry);
        }
        if (config != null) {
            options.set(JobOptions.KAFKA_CONFIG, config.toAbsolutePath().toString());
        }
        settings.forEach((key, value) -> options.setString(JobOptions.KAFKA_PREFIX + key, value));
    }

    /**
     * Fails at once where the client itself would go on trying for a minute.
     *
     * @throws IOException when none of the brokers listens, or Kafka does not take this client
     */
    void requireReachable() throws IOException {
        requireListener();
        KafkaAccess.requireConnection(bootstrapServers, settings());
    }

    /**
     * As {@link #requireReachable}; and that topics are there.
     *
     * @throws IOException that names those that are not
     */
    void requireTopics(String... names) throws IOException {
        requireReachable();
        KafkaAccess.requireTopics(bootstrapServers, settings(), List.of(names));
    }

    /**
     * As {@link #requireReachable}; and that the job may read and write its topics. Creates those that are missing
     * beside the raw frames.
     *
     * @return the id of the Kafka cluster
     */
    String requireJobRights(String groupId) throws IOException {
        requireReachable();
        Topics topics = topics();
        List<String> made = KafkaAccess.completeTopics(bootstrapServers, settings(), topics);
        if (!made.isEmpty()) {
            System.err.println("Created topics that were missing: " + String.join(", ", made));
        }
        KafkaAccess.requireRights(
                bootstrapServers, settings(), KafkaAcls.ofJob("User:" + KafkaAccess.THIS_USER, topics, groupId));
        return KafkaAccess.clusterId(bootstrapServers, settings());
    }

    private void requireListener() throws IOException {
        for (String server : bootstrapServers.split(",")) {
            int colon = server.lastIndexOf(':');
            if (colon < 0 || !server.substring(colon + 1).matches("\\d{1,5}")) {
                throw new IOException("Expected --bootstrap-servers HOST:PORT, found " + server + ".");
            }
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))),
                        REACH_MILLIS);
                return;
            } catch (IOException e) {
                // The next of the list may be up.
                continue;
            }
        }
        throw new IOException("No Kafka answers at " + bootstrapServers
                + ". Start one (clearline up), or say where it is with --bootstrap-servers.");
    }
}

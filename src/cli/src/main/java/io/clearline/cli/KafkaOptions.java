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

/** The options of Kafka's address, topics, client settings and framing, for the commands that use Kafka. */
final class KafkaOptions {
    private static final int CONNECT_TIMEOUT_MILLIS = 3000;

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
            description = "Prefix of the names of all topics (default: ${DEFAULT-VALUE}).")
    private String topicPrefix;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Properties file with settings of the Kafka client, such as TLS, user and password. A value may"
                            + " refer to an environment variable: $${env:NAME}.")
    private Path config;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description =
                    "Setting of the Kafka client, such as linger.ms=5; repeatable. Put secrets into --kafka-config.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--wire",
            paramLabel = "FRAMING",
            defaultValue = "single-object",
            converter = WireFormatConverter.class,
            description = "Framing of the records that are written: single-object or registry (default:"
                    + " ${DEFAULT-VALUE}).")
    private WireFormat wire;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "Schema registry with Confluent's HTTP interface; with it, records in either framing can be read.")
    private String registry;

    /** Returns the schema registry; null if none is set. */
    SchemaRegistry registry() {
        return registry == null ? null : new HttpSchemaRegistry(registry);
    }

    /**
     * Returns the framing of the records to write.
     *
     * @throws IOException if the registry is missing or does not answer
     */
    WireHeaders headers() throws IOException {
        if (wire == WireFormat.SINGLE_OBJECT) {
            return WireHeaders.SINGLE_OBJECT;
        }
        if (registry == null) {
            throw new IOException("Expected --registry URL with --wire registry, found no registry.");
        }
        return WireHeaders.registered(registry(), topics());
    }

    /**
     * Returns the Kafka access of the console.
     *
     * @throws IOException if the settings cannot be read, or the registry does not answer
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
     * Returns the settings of the Kafka clients, with references instead of secrets.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if an option contains a secret, or a variable is not set
     */
    Properties settings() throws IOException {
        KafkaSettings.requireNoPlainSecrets(settings);
        Properties properties = config == null ? new Properties() : KafkaSettings.read(config);
        properties.putAll(settings);
        KafkaSettings.requireVariables(properties, System.getenv()::containsKey);
        return KafkaSettings.resolvable(properties);
    }

    /** Adds these options to those of the job. */
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
     * Checks that Kafka accepts this client. A Kafka client itself would retry for a minute before it fails.
     *
     * @throws IOException if none of the brokers listens, or Kafka refuses the client
     */
    void requireReachable() throws IOException {
        requireListener();
        KafkaAccess.requireConnection(bootstrapServers, settings());
    }

    /**
     * Checks that Kafka accepts this client and that topics exist.
     *
     * @throws IOException if Kafka refuses the client or topics are missing; the message names them
     */
    void requireTopics(String... names) throws IOException {
        requireReachable();
        KafkaAccess.requireTopics(bootstrapServers, settings(), List.of(names));
    }

    /**
     * Checks that Kafka accepts this client and that the job may read and write its topics. Creates the missing ones,
     * except for the topic of raw frames.
     *
     * @return the id of the Kafka cluster
     * @throws IOException if Kafka refuses the client, or a topic or permission is missing
     */
    String requireJobRights(String groupId) throws IOException {
        requireReachable();
        Topics topics = topics();
        List<String> created = KafkaAccess.completeTopics(bootstrapServers, settings(), topics);
        if (!created.isEmpty()) {
            System.err.println("Created missing topics: " + String.join(", ", created));
        }
        KafkaAccess.requireAcls(
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
                        CONNECT_TIMEOUT_MILLIS);
                return;
            } catch (IOException e) {
                // The next broker of the list may listen.
                continue;
            }
        }
        throw new IOException("No Kafka answers at " + bootstrapServers
                + ". Start one (clearline up), or give its address as --bootstrap-servers.");
    }
}

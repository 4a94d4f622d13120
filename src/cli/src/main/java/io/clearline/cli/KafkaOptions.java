package io.clearline.cli;

import io.clearline.job.JobOptions;
import io.clearline.job.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** Where Kafka is, for every command that talks to one. */
final class KafkaOptions {
    private static final int REACH_MILLIS = 3000;

    @Option(
            names = "--bootstrap-servers",
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
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting of the Kafka client, such as security.protocol=SSL; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    String bootstrapServers() {
        return bootstrapServers;
    }

    Topics topics() {
        return new Topics(topicPrefix);
    }

    Properties settings() {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** Tells the job the same. */
    void addTo(Configuration options) {
        options.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(JobOptions.TOPIC_PREFIX, topicPrefix);
        settings.forEach((key, value) -> options.setString(JobOptions.KAFKA_PREFIX + key, value));
    }

    /**
     * Fails at once where the client itself would go on trying for a minute.
     *
     * @throws IOException when none of the brokers listens
     */
    void requireReachable() throws IOException {
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

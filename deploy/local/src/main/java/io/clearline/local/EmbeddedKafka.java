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
package io.clearline.local;

import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.KafkaTopics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single Kafka node in this JVM, broker and KRaft controller in one, with transactions enabled. It is meant for the
 * demo, for trials and for tests: nothing is replicated.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String NODE_ID = "1";
    private static final String CONTROLLER_PORT = "CONTROLLER_PORT";

    private final Path folder;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final Properties adminSettings;

    private EmbeddedKafka(Path folder, KafkaRaftServer server, String bootstrapServers, Properties adminSettings) {
        this.folder = folder;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.adminSettings = adminSettings;
    }

    /**
     * Starts a broker on a free port of the loopback interface.
     *
     * @param folder the folder of Kafka's log; created if missing, continued if it contains one
     * @throws IOException if the broker does not start; the message names the folder and the reason
     */
    public static EmbeddedKafka start(Path folder) throws IOException {
        return start(folder, Ports.free());
    }

    /** As {@link #start(Path)}, on a given port. */
    public static EmbeddedKafka start(Path folder, int port) throws IOException {
        return start(folder, port, Map.of());
    }

    /**
     * As {@link #start(Path, int)}, with broker settings that override the defaults. {@code CONTROLLER_PORT} in a value
     * is replaced by the port of the controller's listener.
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> overrides) throws IOException {
        return start(folder, port, overrides, List.of(), new Properties());
    }

    /**
     * Starts a broker with TLS that accepts only the users of {@code security}. Each user may do what {@link #grant}
     * allows.
     *
     * @param port 0 takes a free one
     */
    public static EmbeddedKafka startSecured(Path folder, int port, LocalSecurity security) throws IOException {
        int boundPort = port == 0 ? Ports.free() : port;
        Properties admin = KafkaSettings.resolvable(KafkaSettings.read(security.clientFile(LocalSecurity.ADMIN)));
        return start(folder, boundPort, security.brokerSettings(boundPort), security.scramUsers(), admin);
    }

    private static EmbeddedKafka start(
            Path folder, int port, Map<String, String> overrides, List<String> scramUsers, Properties admin)
            throws IOException {
        KafkaHalt.watch(folder);
        try {
            Files.createDirectories(folder);
            int controllerPort = Ports.free();
            Map<String, String> settings = settings(folder, port, controllerPort);
            overrides.forEach((key, value) ->
                    settings.put(key, value.replace(CONTROLLER_PORT, Integer.toString(controllerPort))));
            format(folder, scramUsers);
            return new EmbeddedKafka(folder, started(settings), "localhost:" + port, admin);
        } catch (Exception e) {
            KafkaHalt.forget(folder);
            throw new IOException(startFailure(folder, port, e), e);
        }
    }

    private static KafkaRaftServer started(Map<String, String> settings) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (Exception e) {
            // What has started already would keep its port, its files and the JVM.
            shutDown(server, e);
            throw e;
        }
    }

    private static void shutDown(KafkaRaftServer server, Exception failure) {
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static String startFailure(Path folder, int port, Exception e) {
        return "Kafka can't be started"
                + FolderProbe.problem(folder)
                        .map(problem -> ", because " + KafkaHalt.unusable(folder, problem))
                        .orElseGet(
                                () -> " at port " + port + " with the data in " + folder + ": " + JobFailure.reason(e));
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.coordinator.rebalance.protocols", "classic,consumer");
        // A misspelt topic name must fail instead of creating a topic.
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    private static void format(Path folder, List<String> scramUsers) throws Exception {
        new Formatter()
                .setClusterId(clusterId(folder))
                .setNodeId(Integer.parseInt(NODE_ID))
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setIgnoreFormatted(true)
                .setScramArguments(scramUsers)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    /** Returns the cluster id that the folder was formatted with, or a new one if it is not formatted yet. */
    private static String clusterId(Path folder) throws IOException {
        Path formatted = folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
        if (!Files.exists(formatted)) {
            return Uuid.randomUuid().toString();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(formatted)) {
            properties.load(reader);
        }
        return properties.getProperty("cluster.id");
    }

    /** Returns the address for clients, as {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Creates the topics that do not exist yet, and waits until they accept records. */
    public void createTopics(Collection<NewTopic> topics) throws IOException {
        KafkaTopics.create(bootstrapServers, adminSettings, topics);
    }

    /** Creates ACLs; only a secured broker has an authorizer for them. */
    public void grant(Collection<AclBinding> acls) throws IOException {
        try (Admin admin = admin()) {
            admin.createAcls(acls).all().get();
        } catch (ExecutionException e) {
            throw failure("ACLs can't be created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while creating ACLs", e);
        }
    }

    private Admin admin() {
        Properties settings = new Properties();
        settings.putAll(adminSettings);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return Admin.create(settings);
    }

    private IOException failure(String what, ExecutionException e) {
        return new IOException(
                what + " at " + bootstrapServers + ": " + e.getCause().getMessage(), e);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        KafkaHalt.forget(folder);
    }
}

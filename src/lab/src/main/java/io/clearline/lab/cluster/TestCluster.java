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

import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A Flink cluster and a Kafka broker in separate JVMs of this machine: a JobManager, TaskManagers, the broker, a
 * ZooKeeper if the JobManager is highly available, and a {@link FaultyLink} between the job and the broker. It needs no
 * download and no container: Flink's processes run the distribution of the build, the broker this JVM's class path.
 *
 * <p>Logs and data are kept for the analysis of a failed run, unless {@link #discardFiles} is called. Thread-confined.
 */
public final class TestCluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int ANSWER_SECONDS = 10;
    /**
     * Flink reflects into this package when a JobManager runs the main method of a jar; its own config.yaml opens it.
     */
    private static final String OPEN_UTIL = "--add-opens=java.base/java.util=ALL-UNNAMED";

    /** Only the fast compiler, for processes that start often and compute little. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private final ClusterSettings settings;
    private final FlinkFiles files;
    private final String flinkClassPath;
    private final FaultyLink link;
    private final int kafkaPort;
    private final Optional<JvmProcess> zooKeeper;
    private final JvmProcess broker;
    private final JvmProcess jobManager;
    private final List<JvmProcess> taskManagers = new ArrayList<>();
    private final RestClusterClient<String> client;
    private JobJar jobJar;
    private boolean discard;
    private int releases;

    private TestCluster(ClusterSettings settings) throws IOException {
        this.settings = settings;
        for (String folder : List.of("tmp", "savepoints", "kafka")) {
            Files.createDirectories(settings.folder().resolve(folder));
        }
        Files.createDirectories(settings.checkpointFolder());
        Optional<ZooKeeper> zooKeeperFiles = settings.highAvailability()
                ? Optional.of(ZooKeeper.in(settings.folder().resolve("zookeeper")))
                : Optional.empty();
        files = FlinkFiles.write(
                settings,
                Ports.free(),
                Ports.free(),
                zooKeeperFiles.map(ZooKeeper::flinkOptions).orElse(Map.of()));
        jobJar = JobJar.built();
        flinkClassPath = settings.distribution().classPath(settings.folder().resolve("classes"));
        zooKeeper = zooKeeperFiles.map(each -> process(
                "zookeeper", flinkClassPath, List.of("-Xmx128m", QUICK_START), ZooKeeper.MAIN, each.arguments()));
        kafkaPort = Ports.free();
        int jobPort = Ports.free();
        link = FaultyLink.to(jobPort);
        broker = process(
                "broker",
                JvmProcess.ownClassPath(),
                List.of("-Xmx320m", QUICK_START),
                BrokerMain.class,
                brokerArguments(jobPort));
        jobManager = flink("jobmanager", List.of(QUICK_START, OPEN_UTIL), StandaloneSessionClusterEntrypoint.class);
        for (int i = 1; i <= settings.size().taskManagers(); i++) {
            taskManagers.add(flink("taskmanager-" + i, List.of(), TaskManagerRunner.class));
        }
        try {
            client = new RestClusterClient<>(files.configuration(), "test");
        } catch (Exception e) {
            throw new IOException("Cannot create Flink's REST client: " + e.getMessage(), e);
        }
    }

    private List<String> brokerArguments(int jobPort) {
        return List.of(
                settings.folder().resolve("kafka").toString(),
                Integer.toString(kafkaPort),
                Integer.toString(jobPort),
                Integer.toString(link.port()));
    }

    private JvmProcess flink(String name, List<String> jvmOptions, Class<?> main) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Xmx" + settings.size().heapMegabytes() + "m");
        return process(
                name,
                flinkClassPath,
                options,
                main,
                List.of("--configDir", files.folder().toString()));
    }

    private JvmProcess process(
            String name, String classPath, List<String> jvmOptions, Class<?> main, List<String> arguments) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Dlog4j2.configurationFile=" + files.logging().toUri());
        List<String> command = new ArrayList<>(List.of(main.getName()));
        command.addAll(arguments);
        return new JvmProcess(name, settings.folder(), classPath, options, command);
    }

    /** Starts all processes, creates the topics, and waits until the TaskManagers are registered. */
    public static TestCluster start(ClusterSettings settings) throws IOException {
        TestCluster cluster = new TestCluster(settings);
        try {
            cluster.startAll();
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void startAll() throws IOException {
        if (zooKeeper.isPresent()) {
            zooKeeper.get().start();
        }
        broker.start();
        jobManager.start();
        for (JvmProcess taskManager : taskManagers) {
            taskManager.start();
        }
        awaitBroker();
        createTopics(Topics.DEFAULT);
        awaitTaskManagers();
    }

    /** Creates another set of topics, for a job with that prefix. */
    public void createTopics(Topics topics) throws IOException {
        KafkaTopics.create(
                bootstrapServers(),
                new Properties(),
                LocalPlatform.topics(topics, settings.size().partitions()));
    }

    /** Returns the number of records of a topic that a consumer group has not committed yet. */
    public long consumerLag(String groupId, String topic) throws IOException {
        return new RemoteBroker(bootstrapServers())
                .consumerLag(groupId, topic, settings.size().partitions());
    }

    /** Waits until the broker answers. */
    public void awaitBroker() throws IOException {
        new RemoteBroker(bootstrapServers()).awaitBroker("the broker, see " + broker.log(), TIMEOUT);
    }

    /**
     * Waits until every TaskManager is registered with the JobManager. Restarts processes that have exited meanwhile:
     * on a busy machine a JobManager may come up only after its TaskManagers gave up connecting.
     */
    public void awaitTaskManagers() throws IOException {
        Await.until(taskManagers.size() + " TaskManagers, see " + settings.folder(), TIMEOUT, () -> {
            revive();
            return client.getClusterOverview()
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                            .getNumTaskManagersConnected()
                    >= taskManagers.size();
        });
    }

    /**
     * Restarts all Flink processes, as after the installation of a new release. The next submission of the job takes a
     * new copy of its jar.
     */
    public void upgrade() throws IOException {
        jobJar = jobJar.copyTo(settings.folder().resolve("release-" + ++releases));
        List<JvmProcess> flink = new ArrayList<>(taskManagers);
        flink.add(jobManager);
        for (JvmProcess process : flink) {
            process.terminate();
            process.start();
        }
        awaitTaskManagers();
    }

    /** Makes the next submission take the jar of another build. */
    public void useJar(Path file) throws IOException {
        jobJar = JobJar.at(file);
    }

    /** Makes the next submission take the jar of this build. */
    public void useBuiltJar() throws IOException {
        jobJar = JobJar.built();
    }

    /** Returns the jar of the next submission. */
    JobJar jobJar() {
        return jobJar;
    }

    /**
     * Restarts every process that has exited. A TaskManager exits when it cannot clean up after a task, and relies on
     * its supervisor to start it again.
     */
    public void revive() throws IOException {
        for (JvmProcess process : processes()) {
            if (!process.isAlive()) {
                process.start();
            }
        }
    }

    /** Returns every process, whether it runs or not. */
    public List<JvmProcess> processes() {
        List<JvmProcess> all = new ArrayList<>(zooKeeper.stream().toList());
        all.addAll(List.of(broker, jobManager));
        all.addAll(taskManagers);
        return all;
    }

    public JvmProcess broker() {
        return broker;
    }

    public JvmProcess jobManager() {
        return jobManager;
    }

    /** Returns the TaskManagers in the order of their names. */
    public List<JvmProcess> taskManagers() {
        return List.copyOf(taskManagers);
    }

    /** Returns the link between the job and the broker. */
    public FaultyLink link() {
        return link;
    }

    /** Returns the broker's address for producers and consumers outside the job, which bypass the link. */
    public String bootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    /** Returns the broker's address for the job, which goes through the link. */
    String jobBootstrapServers() {
        return "localhost:" + link.port();
    }

    RestClusterClient<String> client() {
        return client;
    }

    Configuration flinkConfiguration() {
        return files.configuration();
    }

    /** Returns the address of Flink's web interface and REST interface. */
    public String webAddress() {
        return client.getWebInterfaceURL();
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** Makes {@link #close} delete logs and data; for a successful run. */
    public void discardFiles() {
        discard = true;
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (JvmProcess process : processes()) {
            process.close();
        }
        link.close();
        if (discard) {
            Folders.delete(settings.folder());
        }
    }
}

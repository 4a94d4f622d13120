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

import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.job.model.ShippedModel;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The whole platform in this JVM: Kafka with the topics, a Flink cluster with its web page, and the job. What
 * {@code clearline up} and {@code clearline demo} run, and what cluster tests run against.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final short ONE_REPLICA = 1;
    /**
     * A busy machine with much state may take its time, and the user is told what for: who doesn't want to wait stops.
     */
    private static final Duration START_PATIENCE = Duration.ofHours(1);

    private static final Duration PROBE_PATIENCE = Duration.ofHours(1);

    private final LocalSettings settings;
    private final Path folder;
    private final CheckpointFolder checkpoints;
    private final EmbeddedKafka kafka;
    private final LocalFlink flink;
    /** Null: Kafka is open to everyone on this machine. */
    private final LocalSecurity security;

    private Path restored;
    private boolean submitted;
    /** The registry whose framing the job may write; null: none. */
    private String registryUrl;

    private LocalPlatform(
            LocalSettings settings,
            Path folder,
            CheckpointFolder checkpoints,
            EmbeddedKafka kafka,
            LocalFlink flink,
            LocalSecurity security) {
        this.settings = settings;
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.security = security;
        this.kafka = kafka;
        this.flink = flink;
    }

    /** As {@link #start(LocalSettings)}, open to everyone on this machine. */
    public static LocalPlatform start(Path folder, int kafkaPort, int partitions, int slots, int webPort)
            throws IOException {
        return start(LocalSettings.temporary(partitions, slots).in(folder).onPorts(kafkaPort, webPort));
    }

    /**
     * Starts Kafka and Flink; the job comes with {@link #submit}.
     *
     * @throws IOException when a port or the folder is in use, or one of them does not start
     */
    public static LocalPlatform start(LocalSettings settings) throws IOException {
        settings.requireFreePorts();
        Path home = settings.folder() == null
                ? Files.createTempDirectory("clearline")
                : Files.createDirectories(settings.folder());
        CheckpointFolder checkpoints = CheckpointFolder.open(
                settings.checkpoints() == null ? home.resolve("checkpoints") : settings.checkpoints());
        try {
            LocalSecurity security = settings.secure() ? LocalSecurity.in(home.resolve("security")) : null;
            EmbeddedKafka kafka = startKafka(home.resolve("kafka"), settings.kafkaPort(), security);
            try {
                prepare(kafka, settings);
                Configuration flinkSettings = new Configuration();
                PrometheusMetrics.addTo(flinkSettings, settings.metricsPort());
                LocalFlink flink = LocalFlink.start(flinkSettings, settings.slots(), settings.webPort());
                return new LocalPlatform(settings, home, checkpoints, kafka, flink, security);
            } catch (IOException | RuntimeException e) {
                kafka.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            checkpoints.close();
            throw e;
        }
    }

    private static void prepare(EmbeddedKafka kafka, LocalSettings settings) throws IOException {
        kafka.createTopics(topics(Topics.DEFAULT, settings.partitions()));
        if (settings.secure()) {
            kafka.grant(
                    KafkaAcls.ofJob("User:" + LocalSecurity.JOB, Topics.DEFAULT, JobOptions.GROUP_ID.defaultValue()));
            kafka.grant(KafkaAcls.ofGateway("User:" + LocalSecurity.GATEWAY, Topics.DEFAULT));
            kafka.grant(KafkaAcls.ofPublisher("User:" + LocalSecurity.GATEWAY, Topics.DEFAULT));
        }
    }

    private static EmbeddedKafka startKafka(Path folder, int port, LocalSecurity security) throws IOException {
        if (security != null) {
            return EmbeddedKafka.startSecured(folder, port, security);
        }
        return port == 0 ? EmbeddedKafka.start(folder) : EmbeddedKafka.start(folder, port);
    }

    /** The topics of the platform. */
    public static List<NewTopic> topics(Topics topics, int partitions) {
        return KafkaTopics.of(topics, partitions, ONE_REPLICA);
    }

    /**
     * Runs the job. The first live job of a platform goes on from the checkpoint of an earlier platform in the same
     * folder, where there is one; a replay always starts at the beginning.
     *
     * @param options see {@link JobOptions}; Kafka's address and the folder of the checkpoints are filled in
     */
    public void submit(Configuration options, List<ShippedModel> models, int parallelism) throws IOException {
        Configuration complete = new Configuration(options);
        complete.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers());
        complete.set(JobOptions.GROUP_ID, complete.get(JobOptions.GROUP_ID));
        if (security != null) {
            complete.set(
                    JobOptions.KAFKA_CONFIG,
                    security.clientFile(LocalSecurity.JOB).toString());
        }
        if (!complete.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)) {
            checkpoints.addTo(complete);
        }
        if (mayGoOn(complete)) {
            restored = checkpoints.newest().orElse(null);
            if (restored != null) {
                CheckpointFolder.restore(restored, complete);
            }
        }
        submitted = true;
        registryUrl = complete.get(JobOptions.REGISTRY);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, complete);
        ClearlineJob.define(env, complete, models);
        flink.submit(env);
    }

    /**
     * A replay can't take the state of a live job, and a second job of this platform is not the first one's successor.
     */
    private boolean mayGoOn(Configuration options) {
        return !submitted
                && options.get(JobOptions.MODE) == DeliveryMode.LIVE
                && !options.contains(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    /** The checkpoint of an earlier run from which the job goes on. */
    public Optional<Path> restoredFrom() {
        return Optional.ofNullable(restored);
    }

    /** Where the job's checkpoints go. */
    public Path checkpoints() {
        return checkpoints.path();
    }

    /**
     * Waits until the job runs, is warmed up, and frames have passed it from topic to topic: those of short silent
     * streams whose ids begin with {@value io.clearline.kafka.ProbeIds#PREFIX}.
     *
     * @throws IOException when the job fails for good, or does not come to that within an hour
     */
    public void awaitReady() throws IOException {
        awaitReady(StartReport.NONE);
    }

    /** As {@link #awaitReady()}; the report is told what a start that takes long waits for. */
    public void awaitReady(StartReport report) throws IOException {
        flink.awaitRunning(START_PATIENCE, report);
        new ProbeStreams(bootstrapServers(), gatewaySettings(), Topics.DEFAULT, settings.slots(), registryUrl)
                .pass(PROBE_PATIENCE, report);
    }

    /** Waits until a replay has come to its end. */
    public void awaitEnd() throws IOException {
        flink.awaitEnd();
    }

    /** How the job is doing. */
    public JobStatus jobStatus() throws IOException {
        return flink.status();
    }

    /** The cluster that runs the job. */
    public LocalFlink localFlink() {
        return flink;
    }

    /** The embedded Flink, for whoever needs more of it. */
    public MiniCluster flink() {
        return flink.cluster();
    }

    /** The job's id, once it was submitted. */
    public JobID jobId() {
        return flink.job();
    }

    /** Where Kafka clients connect. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** TLS and users of a platform that was started with them. */
    public Optional<LocalSecurity> security() {
        return Optional.ofNullable(security);
    }

    /** Settings of a Kafka client that writes audio and reads what comes out. */
    public Properties gatewaySettings() throws IOException {
        return security == null
                ? new Properties()
                : KafkaSettings.resolvable(KafkaSettings.read(security.clientFile(LocalSecurity.GATEWAY)));
    }

    /** Settings of a Kafka client that reads every topic and announces models. */
    public Properties consoleSettings() throws IOException {
        return security == null
                ? new Properties()
                : KafkaSettings.resolvable(KafkaSettings.read(security.clientFile(LocalSecurity.ADMIN)));
    }

    /** Flink's web page. */
    public String webAddress() {
        return flink.webAddress();
    }

    @Override
    public void close() throws IOException {
        try {
            flink.close();
        } finally {
            kafka.close();
            checkpoints.close();
            if (settings.folder() == null) {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

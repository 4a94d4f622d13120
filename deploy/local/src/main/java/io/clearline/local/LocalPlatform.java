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
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The whole platform in this JVM: Kafka with the topics, a Flink cluster with its web page, and the job. The commands
 * {@code clearline up} and {@code clearline demo} run it, and so do the tests that need a cluster.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final short ONE_REPLICA = 1;
    /**
     * The limit is generous, because restoring a large state on a busy machine takes long. The user sees what the start
     * waits for and can stop it.
     */
    private static final Duration START_TIMEOUT = Duration.ofHours(1);

    private static final Duration PROBE_TIMEOUT = Duration.ofHours(1);

    private final LocalSettings settings;
    private final CheckpointFolder checkpoints;
    private final EmbeddedKafka kafka;
    private final LocalFlink flink;
    /** Null if Kafka is open to every user of this machine. */
    private final LocalSecurity security;
    /** Everything that {@link #close} closes. */
    private final Resources resources;

    private Path restored;
    private boolean submitted;
    /** URL of the schema registry whose framing the job may write; null if there is none. */
    private String registryUrl;

    private LocalPlatform(
            LocalSettings settings,
            CheckpointFolder checkpoints,
            EmbeddedKafka kafka,
            LocalFlink flink,
            LocalSecurity security,
            Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.checkpoints = checkpoints;
        this.security = security;
        this.kafka = kafka;
        this.flink = flink;
    }

    /** Starts Kafka and Flink without security; see {@link #start(LocalSettings)}. */
    public static LocalPlatform start(Path folder, int kafkaPort, int partitions, int slots, int webPort)
            throws IOException {
        return start(LocalSettings.temporary(partitions, slots).in(folder).onPorts(kafkaPort, webPort));
    }

    /**
     * Starts Kafka and Flink. The job is started by {@link #submit}. A failed start leaves nothing running, and no
     * temporary folder.
     *
     * @throws IOException if a port or the folder is in use, or Kafka or Flink does not start
     */
    public static LocalPlatform start(LocalSettings settings) throws IOException {
        settings.requireFreePorts();
        Resources resources = new Resources();
        try {
            HomeFolder home = resources.add(HomeFolder.open(settings.folder()));
            CheckpointFolder checkpoints = resources.add(CheckpointFolder.open(
                    settings.checkpoints() == null ? home.resolve("checkpoints") : settings.checkpoints()));
            LocalSecurity security = settings.secure() ? LocalSecurity.in(home.resolve("security")) : null;
            EmbeddedKafka kafka = resources.add(startKafka(home.resolve("kafka"), settings.kafkaPort(), security));
            prepare(kafka, settings);
            Configuration flinkSettings = new Configuration();
            PrometheusMetrics.addTo(flinkSettings, settings.metricsPort());
            LocalFlink flink = resources.add(LocalFlink.start(flinkSettings, settings.slots(), settings.webPort()));
            return new LocalPlatform(settings, checkpoints, kafka, flink, security, resources);
        } catch (IOException | RuntimeException | Error e) {
            resources.closeAfter(e);
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

    /** Returns the topics of a platform, with one replica each. */
    public static List<NewTopic> topics(Topics topics, int partitions) {
        return KafkaTopics.of(topics, partitions, ONE_REPLICA);
    }

    /**
     * Submits the job. The first live job of a platform continues from the newest checkpoint in the folder, if there is
     * one; a replay always starts at the beginning.
     *
     * @param options see {@link JobOptions}; Kafka's address and the folder of the checkpoints are added
     */
    public void submit(Configuration options, List<ModelFiles> models, int parallelism) throws IOException {
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
        if (mayRestore(complete)) {
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
     * Returns whether the job may continue from a checkpoint. A replay cannot use the state of a live job, and a second
     * job of this platform does not continue the first one.
     */
    private boolean mayRestore(Configuration options) {
        return !submitted
                && options.get(JobOptions.MODE) == DeliveryMode.LIVE
                && !options.contains(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    /** Returns the checkpoint of an earlier run from which the job continues. */
    public Optional<Path> restoredFrom() {
        return Optional.ofNullable(restored);
    }

    /** Returns the folder of the job's checkpoints. */
    public Path checkpoints() {
        return checkpoints.path();
    }

    /**
     * Waits until the job runs, is warmed up, and has enhanced frames from topic to topic. These are the frames of
     * short silent probe streams, whose ids begin with {@value io.clearline.kafka.ProbeIds#PREFIX}.
     *
     * @throws IOException if the job fails for good, or is not ready within an hour
     */
    public void awaitReady() throws IOException {
        awaitReady(StartReport.NONE);
    }

    /** As {@link #awaitReady()}; the report receives what a slow start waits for. */
    public void awaitReady(StartReport report) throws IOException {
        flink.awaitRunning(START_TIMEOUT, report);
        new ProbeStreams(bootstrapServers(), gatewaySettings(), Topics.DEFAULT, settings.slots(), registryUrl)
                .pass(PROBE_TIMEOUT, report);
    }

    /** Waits until a replay has finished. */
    public void awaitEnd() throws IOException {
        flink.awaitEnd();
    }

    /** Returns the status of the job. */
    public JobStatus jobStatus() throws IOException {
        return flink.status();
    }

    /** Returns the Flink cluster that runs the job. */
    public LocalFlink localFlink() {
        return flink;
    }

    /** Returns Flink's own cluster object, for what {@link LocalFlink} does not offer. */
    public MiniCluster flink() {
        return flink.cluster();
    }

    /** Returns the job's id; null before the job is submitted. */
    public JobID jobId() {
        return flink.job();
    }

    /** Returns the address for Kafka clients. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Returns certificate and users of a secured platform; empty if it is not secured. */
    public Optional<LocalSecurity> security() {
        return Optional.ofNullable(security);
    }

    /** Returns the settings of a Kafka client that writes raw frames and reads the results. */
    public Properties gatewaySettings() throws IOException {
        return security == null
                ? new Properties()
                : KafkaSettings.resolvable(KafkaSettings.read(security.clientFile(LocalSecurity.GATEWAY)));
    }

    /** Returns the settings of a Kafka client that reads every topic and announces models. */
    public Properties consoleSettings() throws IOException {
        return security == null
                ? new Properties()
                : KafkaSettings.resolvable(KafkaSettings.read(security.clientFile(LocalSecurity.ADMIN)));
    }

    /** Returns the URL of Flink's web page. */
    public String webAddress() {
        return flink.webAddress();
    }

    @Override
    public void close() throws IOException {
        resources.close();
    }
}

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
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The whole platform in this JVM: Kafka with the topics, a Flink cluster with its web page, and the job. What
 * {@code clearline up} and {@code clearline demo} run, and what cluster tests run against.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final short ONE_REPLICA = 1;
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final MiniCluster flink;
    private final boolean temporary;
    /** Null: Kafka is open to everyone on this machine. */
    private final LocalSecurity security;

    private JobID job;

    private LocalPlatform(
            Path folder, EmbeddedKafka kafka, MiniCluster flink, boolean temporary, LocalSecurity security) {
        this.folder = folder;
        this.security = security;
        this.kafka = kafka;
        this.flink = flink;
        this.temporary = temporary;
    }

    /**
     * Starts Kafka and Flink; the job comes with {@link #submit}.
     *
     * @param folder where data lie; null: a temporary one that goes when the platform closes
     * @param partitions of each topic with streams
     * @param slots tasks that run side by side
     * @param webPort port of Flink's web page; 0 takes a free one
     */
    public static LocalPlatform start(Path folder, int kafkaPort, int partitions, int slots, int webPort)
            throws IOException {
        return start(folder, kafkaPort, partitions, slots, webPort, false);
    }

    /**
     * As {@link #start(Path, int, int, int, int)}.
     *
     * @param secure Kafka takes clients by TLS and password only, each with the rights of {@link KafkaAcls}
     */
    public static LocalPlatform start(
            Path folder, int kafkaPort, int partitions, int slots, int webPort, boolean secure) throws IOException {
        boolean temporary = folder == null;
        Path home = temporary ? Files.createTempDirectory("clearline") : Files.createDirectories(folder);
        LocalSecurity security = secure ? LocalSecurity.in(home.resolve("security")) : null;
        EmbeddedKafka kafka = startKafka(home.resolve("kafka"), kafkaPort, security);
        try {
            kafka.createTopics(topics(Topics.DEFAULT, partitions));
            if (secure) {
                kafka.grant(KafkaAcls.ofJob(
                        "User:" + LocalSecurity.JOB, Topics.DEFAULT, JobOptions.GROUP_ID.defaultValue()));
                kafka.grant(KafkaAcls.ofGateway("User:" + LocalSecurity.GATEWAY, Topics.DEFAULT));
                kafka.grant(KafkaAcls.ofPublisher("User:" + LocalSecurity.GATEWAY, Topics.DEFAULT));
            }
            return new LocalPlatform(home, kafka, startFlink(slots, webPort), temporary, security);
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
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
        // Records of one frame limit, and the dead letters that carry one, pass the broker's default of 1 MB; bigger
        // ones too, to be refused by us.
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(4 << 20));
        // The broker's clock tells how long a frame has waited; a sender's may be wrong.
        Map<String, String> raw = new HashMap<>(large);
        raw.put("message.timestamp.type", "LogAppendTime");
        // Before they are compacted away announcements stay for as long as a replay may want to know them.
        Map<String, String> models =
                Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", Long.toString(YEAR.toMillis()));
        return List.of(
                new NewTopic(topics.rawFrames(), partitions, ONE_REPLICA).configs(raw),
                new NewTopic(topics.deadFrames(), 1, ONE_REPLICA).configs(large),
                new NewTopic(topics.enhancedFrames(), partitions, ONE_REPLICA),
                new NewTopic(topics.sdrEstimates(), partitions, ONE_REPLICA),
                new NewTopic(topics.events(), partitions, ONE_REPLICA),
                new NewTopic(topics.models(), 1, ONE_REPLICA).configs(models));
    }

    private static MiniCluster startFlink(int slots, int webPort) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        configuration.setString("taskmanager.network.memory.buffers-per-channel", "8");
        MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            flink.start();
        } catch (Exception e) {
            throw new IOException("Flink can't be started: " + e.getMessage(), e);
        }
        return flink;
    }

    /**
     * Runs the job.
     *
     * @param options see {@link JobOptions}; Kafka's address is filled in
     */
    public void submit(Configuration options, List<ShippedModel> models, int parallelism) throws IOException {
        Configuration complete = new Configuration(options);
        complete.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers());
        if (security != null) {
            complete.set(
                    JobOptions.KAFKA_CONFIG,
                    security.clientFile(LocalSecurity.JOB).toString());
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, complete);
        ClearlineJob.define(env, complete, models);
        try {
            job = flink.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
        } catch (Exception e) {
            throw new IOException("The job can't be submitted: " + e.getMessage(), e);
        }
    }

    /** Waits until a replay has come to its end. */
    public void awaitEnd() throws IOException {
        try {
            flink.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
        } catch (Exception e) {
            throw new IOException("The job failed: " + e.getMessage(), e);
        }
    }

    /** How the job is doing. */
    public JobStatus jobStatus() throws IOException {
        try {
            return flink.getJobStatus(job).get();
        } catch (Exception e) {
            throw new IOException("The job's status can't be had: " + e.getMessage(), e);
        }
    }

    /** The embedded Flink, for whoever needs more of it. */
    public MiniCluster flink() {
        return flink;
    }

    /** The job's id, once it was submitted. */
    public JobID jobId() {
        return job;
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

    /** Flink's web page. */
    public String webAddress() {
        return flink.getRestAddress().join().toString();
    }

    @Override
    public void close() throws IOException {
        try {
            flink.close();
        } catch (Exception e) {
            throw new IOException("Flink can't be stopped: " + e.getMessage(), e);
        } finally {
            kafka.close();
            if (temporary) {
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

package io.clearline.local;

import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.job.Topics;
import io.clearline.job.operator.ShippedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * The whole platform in this JVM: Kafka with the topics, a Flink cluster with its web page, and the job. What {@code clearline up} and {@code
 * clearline demo} run, and what cluster tests run against.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final short ONE_REPLICA = 1;

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final MiniCluster flink;
    private final boolean temporary;
    private JobID job;

    private LocalPlatform(Path folder, EmbeddedKafka kafka, MiniCluster flink, boolean temporary) {
        this.folder = folder;
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
        boolean temporary = folder == null;
        Path home = temporary ? Files.createTempDirectory("clearline") : Files.createDirectories(folder);
        EmbeddedKafka kafka = kafkaPort == 0
                ? EmbeddedKafka.start(home.resolve("kafka"))
                : EmbeddedKafka.start(home.resolve("kafka"), kafkaPort);
        try {
            kafka.createTopics(topics(Topics.DEFAULT, partitions));
            return new LocalPlatform(home, kafka, startFlink(slots, webPort), temporary);
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** The topics of the platform. */
    public static List<NewTopic> topics(Topics topics, int partitions) {
        // Records of one frame limit, and the dead letters that carry one, pass the broker's default of 1 MB; bigger
        // ones too, to be refused by us.
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(4 << 20));
        return List.of(
                new NewTopic(topics.rawFrames(), partitions, ONE_REPLICA).configs(large),
                new NewTopic(topics.deadFrames(), 1, ONE_REPLICA).configs(large),
                new NewTopic(topics.enhancedFrames(), partitions, ONE_REPLICA),
                new NewTopic(topics.sdrEstimates(), partitions, ONE_REPLICA),
                new NewTopic(topics.events(), partitions, ONE_REPLICA),
                new NewTopic(topics.models(), 1, ONE_REPLICA).configs(Map.of("cleanup.policy", "compact")));
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

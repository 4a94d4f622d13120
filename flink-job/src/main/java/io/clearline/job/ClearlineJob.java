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
package io.clearline.job;

import io.clearline.job.operator.EnhancementOperatorFactory;
import io.clearline.job.operator.EnhancementPlan;
import io.clearline.job.operator.ModelFetcher;
import io.clearline.job.operator.ModelUpdate;
import io.clearline.job.operator.ModelUpdateSerializer;
import io.clearline.job.operator.ShippedModel;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.OutputRecordToKafka;
import io.clearline.job.record.RawRecord;
import io.clearline.job.record.RecordType;
import io.clearline.job.source.FrameDecoder;
import io.clearline.job.source.RawRecordDeserializer;
import io.clearline.job.source.ReplaySource;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.StreamFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The job: frames from Kafka, decoded, keyed by stream, enhanced, and back to Kafka.
 *
 * <pre>
 *   frames.raw -> decode -+-> keyBy(stream id) -> enhance -> frames.enhanced, sdr, events
 *                         |                          ^
 *                    frames.dead       models -> fetch (broadcast)
 * </pre>
 *
 * <p>A replay has its models with it, read from the topic where it is submitted.
 */
public final class ClearlineJob {
    private static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;
    /** How long a broker may be away before the job gives up a record and starts again. */
    private static final int DELIVERY_TIMEOUT_MILLIS = 600_000;

    /** What a Kafka producer takes when nobody says otherwise. */
    private static final int DEFAULT_MAX_REQUEST_BYTES = 1 << 20;
    /** An enhanced frame is as large as the largest frame that may come in; Kafka and its own fields add to it. */
    private static final int MIN_REQUEST_BYTES = FrameLimits.MAX_RECORD_BYTES + 4096;

    /**
     * Key groups of a job that starts anew: the most subtasks it can ever have. For a million streams, some hundred on
     * each of up to 4096 subtasks; a power of two divides them evenly. A job that goes on keeps those of its savepoint,
     * and that can't be changed.
     */
    private static final int MAX_PARALLELISM = 4096;

    private final Configuration options;
    private final DeliveryMode mode;
    private final Topics topics;
    private final Properties kafkaSettings;

    private ClearlineJob(Configuration options) {
        this.options = options;
        this.mode = options.get(JobOptions.MODE);
        this.topics = new Topics(options.get(JobOptions.TOPIC_PREFIX));
        this.kafkaSettings = kafkaSettings(options);
    }

    /**
     * Runs the job on the cluster it is submitted to; {@code --clearline.bootstrap-servers HOST:PORT} and any other
     * option.
     */
    public static void main(String[] args) throws Exception {
        Configuration options = ParameterTool.fromArgs(args).getConfiguration();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
        define(env, options, JobModels.load(options));
        env.execute("Clearline " + options.get(JobOptions.MODE).name().toLowerCase(Locale.ROOT));
    }

    /**
     * Adds the job to an environment.
     *
     * @param options see {@link JobOptions}; what they don't name has its default
     * @param models what streams are enhanced with until an announcement says otherwise
     * @throws IllegalArgumentException when a required option is missing
     * @throws UncheckedIOException when a replay can't read what was announced
     */
    public static void define(StreamExecutionEnvironment env, Configuration options, List<ShippedModel> models) {
        ClearlineJob job = checked(options, models);
        job.define(env, models, job.mode == DeliveryMode.REPLAY ? job.announced() : List.of());
    }

    /**
     * As {@link #define(StreamExecutionEnvironment, Configuration, List)} where nothing was announced; asks no Kafka.
     */
    static void defineUnannounced(StreamExecutionEnvironment env, Configuration options, List<ShippedModel> models) {
        checked(options, models).define(env, models, List.of());
    }

    private static ClearlineJob checked(Configuration options, List<ShippedModel> models) {
        if (!options.contains(JobOptions.BOOTSTRAP_SERVERS)) {
            throw new IllegalArgumentException(
                    "Which Kafka? Set " + JobOptions.BOOTSTRAP_SERVERS.key() + " to host:port of a broker.");
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("At least one model is needed; see " + JobOptions.MODELS.key() + ".");
        }
        ClearlineJob job = new ClearlineJob(options);
        requireRoom(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, job.maxRequestBytes());
        requireRoom(
                JobOptions.DEAD_LETTER_SIZE.key(),
                options.get(JobOptions.DEAD_LETTER_SIZE).getBytes());
        return job;
    }

    private void define(StreamExecutionEnvironment env, List<ShippedModel> models, List<ModelUpdate> announced) {
        configure(env);
        SingleOutputStreamOperator<StreamFrame> frames = env.fromSource(
                        frameSource(), WatermarkStrategy.noWatermarks(), "frames.raw", RecordType.RAW)
                .uid("frames-raw")
                .process(new FrameDecoder(topics.deadFrames(), maxDeadLetterBytes()), RecordType.FRAME)
                .name("decode")
                .uid("decode");
        frames.getSideOutput(FrameDecoder.DEAD)
                .sinkTo(sink("dead"))
                .name("frames.dead")
                .uid("frames-dead");

        frames.keyBy(frame -> frame.streamId, Types.STRING)
                .connect(modelUpdates(env).broadcast())
                .transform("enhance", RecordType.OUTPUT, new EnhancementOperatorFactory(plan(models, announced)))
                .uid("enhance")
                .sinkTo(sink("enhanced"))
                .name("frames.enhanced, sdr, events")
                .uid("enhanced");
    }

    private void configure(StreamExecutionEnvironment env) {
        env.getConfig().enableObjectReuse();
        Configuration pipeline = new Configuration();
        pipeline.set(PipelineOptions.GENERIC_TYPES, false);
        env.configure(pipeline);
        if (env.getMaxParallelism() <= 0
                && env.getConfiguration()
                        .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                        .isEmpty()) {
            env.setMaxParallelism(MAX_PARALLELISM);
        }
        if (mode == DeliveryMode.LIVE) {
            env.setBufferTimeout(0);
        }
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            Duration interval = mode == DeliveryMode.LIVE ? Duration.ofSeconds(10) : Duration.ofSeconds(5);
            // Exactly-once state in both modes: what LIVE may repeat are records, never their effect on a stream.
            env.enableCheckpointing(interval.toMillis(), CheckpointingMode.EXACTLY_ONCE);
        }
    }

    @SuppressWarnings("deprecation") // The connector still asks for this type of the Kafka client.
    private Source<RawRecord, ?, ?> frameSource() {
        KafkaSourceBuilder<RawRecord> source = source(topics.rawFrames());
        if (mode == DeliveryMode.REPLAY) {
            return new ReplaySource(source.setStartingOffsets(OffsetsInitializer.earliest())
                    .setBounded(OffsetsInitializer.latest())
                    .build());
        }
        return source.setStartingOffsets(OffsetsInitializer.committedOffsets(
                        org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST))
                .build();
    }

    /** Replay has its announcements in the plan: their place among the frames would be another each time. */
    private DataStream<ModelUpdate> modelUpdates(StreamExecutionEnvironment env) {
        TypeInformation<ModelUpdate> type = new RecordType<>(ModelUpdate.class, ModelUpdateSerializer.INSTANCE);
        if (mode == DeliveryMode.REPLAY) {
            // A source without elements is none to Flink: this has one, which goes nowhere.
            return env.fromData(List.of(ModelUpdate.none()), type)
                    .uid("models")
                    .filter(update -> false)
                    .name("no models")
                    .uid("fetch");
        }
        KafkaSource<RawRecord> announcements = source(topics.models())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .build();
        return env.fromSource(announcements, WatermarkStrategy.noWatermarks(), "models", RecordType.RAW)
                .setParallelism(1)
                .uid("models")
                .flatMap(modelFetcher())
                .returns(type)
                .setParallelism(1)
                .name("fetch")
                .uid("fetch");
    }

    private List<ModelUpdate> announced() {
        try {
            return Announcements.read(
                    options.get(JobOptions.BOOTSTRAP_SERVERS), topics.models(), kafkaSettings, modelFetcher());
        } catch (IOException e) {
            throw new UncheckedIOException("What was announced can't be read: " + e.getMessage(), e);
        }
    }

    private ModelFetcher modelFetcher() {
        try {
            List<String> channels =
                    options.getOptional(JobOptions.MODEL_CHANNELS).orElseGet(() -> options.get(JobOptions.MODELS));
            return new ModelFetcher(channels, JobModels.publicKey(options));
        } catch (IOException e) {
            throw new UncheckedIOException("The models' public key can't be read: " + e.getMessage(), e);
        }
    }

    private KafkaSourceBuilder<RawRecord> source(String topic) {
        return KafkaSource.<RawRecord>builder()
                .setTopics(topic)
                .setGroupId(options.get(JobOptions.GROUP_ID))
                .setDeserializer(new RawRecordDeserializer())
                // Setting properties first lets the bootstrap servers win.
                .setProperties(kafkaSettings)
                .setBootstrapServers(options.get(JobOptions.BOOTSTRAP_SERVERS));
    }

    private KafkaSink<OutputRecord> sink(String name) {
        KafkaSinkBuilder<OutputRecord> sink = KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(kafkaSettings)
                .setBootstrapServers(options.get(JobOptions.BOOTSTRAP_SERVERS))
                // A record that is given up lets its successors pass it, though it comes again after the restart.
                .setProperty("delivery.timeout.ms", Integer.toString(DELIVERY_TIMEOUT_MILLIS))
                .setRecordSerializer(new OutputRecordToKafka(maxRequestBytes()));
        if (mode == DeliveryMode.LIVE) {
            return sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                    .setProperty("linger.ms", "0")
                    .build();
        }
        return sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(options.get(JobOptions.GROUP_ID) + "-" + name)
                .setProperty("transaction.timeout.ms", Integer.toString(TRANSACTION_TIMEOUT_MILLIS))
                .build();
    }

    /** {@code max.request.size} of the sinks' producers. */
    private int maxRequestBytes() {
        String size = kafkaSettings.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return size == null ? DEFAULT_MAX_REQUEST_BYTES : Integer.parseInt(size);
    }

    private int maxDeadLetterBytes() {
        return (int) Math.min(options.get(JobOptions.DEAD_LETTER_SIZE).getBytes(), maxRequestBytes());
    }

    private static void requireRoom(String setting, long bytes) {
        if (bytes < MIN_REQUEST_BYTES) {
            throw new IllegalArgumentException("Expected " + setting + " of at least " + MIN_REQUEST_BYTES
                    + " bytes, so that the largest frame fits; found " + bytes + ".");
        }
    }

    /** What the file says, then the options under {@link JobOptions#KAFKA_PREFIX}, without the prefix. */
    private static Properties kafkaSettings(Configuration options) {
        Map<String, String> single = new HashMap<>();
        options.toMap().forEach((key, value) -> {
            if (key.startsWith(JobOptions.KAFKA_PREFIX)) {
                single.put(key.substring(JobOptions.KAFKA_PREFIX.length()), value);
            }
        });
        KafkaSettings.requireNoPlainSecrets(single);
        Properties settings = new Properties();
        try {
            if (options.contains(JobOptions.KAFKA_CONFIG)) {
                settings.putAll(KafkaSettings.read(Path.of(options.get(JobOptions.KAFKA_CONFIG))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        settings.putAll(single);
        return KafkaSettings.resolvable(settings);
    }

    private long millis(ConfigOption<Duration> option) {
        Duration duration = options.get(option);
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Expected a duration in milliseconds for " + option.key() + ", found one of " + duration.toDays()
                            + " days.",
                    e);
        }
    }

    private EnhancementPlan plan(List<ShippedModel> models, List<ModelUpdate> announced) {
        StreamRules rules = new StreamRules(
                options.get(JobOptions.REORDER_FRAMES),
                mode == DeliveryMode.LIVE ? millis(JobOptions.REORDER_TIMEOUT) : StreamRules.NO_TIMEOUT,
                millis(JobOptions.MAX_GAP),
                millis(JobOptions.SDR_INTERVAL),
                options.get(JobOptions.WET),
                options.get(JobOptions.MAX_ATTENUATION_DB),
                options.get(JobOptions.KEEP) == KeptSignals.TONES);
        return new EnhancementPlan(
                mode,
                topics,
                List.copyOf(models),
                List.copyOf(announced),
                options.get(JobOptions.KERNEL),
                options.get(JobOptions.BATCH_WIDTH),
                millis(JobOptions.BATCH_LINGER),
                rules,
                millis(JobOptions.IDLE_TIMEOUT),
                new OverloadRules(millis(JobOptions.OVERLOAD_DEADLINE), millis(JobOptions.OVERLOAD_MAX_AGE)));
    }
}

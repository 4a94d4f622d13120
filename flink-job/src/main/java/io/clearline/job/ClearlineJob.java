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

import io.clearline.job.model.ModelFiles;
import io.clearline.job.operator.BatchRules;
import io.clearline.job.operator.EnhancementOperatorFactory;
import io.clearline.job.operator.EnhancementPlan;
import io.clearline.job.operator.ModelUpdate;
import io.clearline.job.operator.PlannedModels;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.RecordType;
import io.clearline.job.source.FrameDecoder;
import io.clearline.schemas.frame.StreamFrame;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The Flink job. It reads frames from Kafka, decodes them, enhances each stream, and writes the results to Kafka.
 *
 * <pre>
 *   frames.raw -> decode -+-> keyBy(stream id) -> enhance -> frames.enhanced, sdr, events
 *                         |                          ^
 *                    frames.dead       models -> fetch (broadcast)
 * </pre>
 *
 * <p>A replay does not read models as a stream. It reads all announcements at submission.
 */
public final class ClearlineJob {
    private final JobSettings settings;

    private ClearlineJob(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs the job on the cluster that it is submitted to. Options of the command line, such as
     * {@code --clearline.bootstrap-servers HOST:PORT}, take precedence over the cluster's configuration.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range, or no directory for
     *     checkpoints is configured
     */
    public static void main(String[] args) throws Exception {
        Configuration given = ParameterTool.fromArgs(args).getConfiguration();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(given);
        Configuration options = JobSettings.merged(env.getConfiguration(), given);
        // A misspelt name also explains what else is missing, so it is reported first.
        KnownOptions.require(options);
        JobEnvironment.requireCheckpointFolder(options);
        define(env, options, JobModels.load(options));
        env.execute("Clearline " + options.get(JobOptions.MODE).name().toLowerCase(Locale.ROOT));
    }

    /**
     * Adds the job to an environment.
     *
     * @param options see {@link JobOptions}; the environment's configuration and the defaults apply to options that are
     *     not set
     * @param models models that streams are enhanced with until an announcement changes them
     * @throws IllegalArgumentException if a required option is missing, one is unknown, there is no model, or a topic
     *     accepts smaller records than the job writes
     * @throws UncheckedIOException if a replay can't read the announcements, or the schema registry that the job writes
     *     for can't be reached
     */
    public static void define(StreamExecutionEnvironment env, Configuration options, List<ModelFiles> models) {
        JobSettings settings = settings(env, options, models);
        TopicPreflight.require(settings);
        List<ModelUpdate> announced = settings.isReplay() ? new ModelStreams(settings).announced() : List.of();
        new ClearlineJob(settings).define(env, models, announced);
    }

    /** A stage between the decoded frames and the output topics. */
    @FunctionalInterface
    public interface FrameStage {
        /** Adds the stage to the graph. */
        SingleOutputStreamOperator<OutputRecord> of(KeyedStream<StreamFrame, String> frames);
    }

    /**
     * Adds the job to an environment with another stage in place of the enhancement, for example to measure the cost of
     * Kafka and Flink alone.
     *
     * @param options as for {@link #define(StreamExecutionEnvironment, Configuration, List)}
     * @throws IllegalArgumentException if a required option is missing, one is unknown, or a topic accepts smaller
     *     records than the job writes
     */
    public static void define(StreamExecutionEnvironment env, Configuration options, FrameStage stage) {
        JobSettings settings = new JobSettings(JobSettings.merged(env.getConfiguration(), options));
        TopicPreflight.require(settings);
        new ClearlineJob(settings).define(env, stage);
    }

    /**
     * Adds the job like {@link #define(StreamExecutionEnvironment, Configuration, List)}, without announcements and
     * without access to Kafka.
     */
    static void defineUnannounced(StreamExecutionEnvironment env, Configuration options, List<ModelFiles> models) {
        new ClearlineJob(settings(env, options, models)).define(env, models, List.of());
    }

    private static JobSettings settings(
            StreamExecutionEnvironment env, Configuration options, List<ModelFiles> models) {
        JobSettings settings = new JobSettings(JobSettings.merged(env.getConfiguration(), options));
        if (models.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected at least one model, found none. Set " + JobOptions.MODELS.key() + " to its name.");
        }
        return settings;
    }

    private void define(StreamExecutionEnvironment env, List<ModelFiles> models, List<ModelUpdate> announced) {
        define(env, frames -> frames.connect(
                        new ModelStreams(settings).updates(env).broadcast())
                .transform("enhance", RecordType.OUTPUT, new EnhancementOperatorFactory(plan(models, announced))));
    }

    private void define(StreamExecutionEnvironment env, FrameStage stage) {
        JobEnvironment.configure(env, settings.mode());
        KafkaSinks sinks = new KafkaSinks(settings);
        SingleOutputStreamOperator<StreamFrame> frames = env.fromSource(
                        new KafkaSources(settings).frames(),
                        WatermarkStrategy.noWatermarks(),
                        "frames.raw",
                        RecordType.RAW)
                .uid("frames-raw")
                .process(
                        new FrameDecoder(
                                settings.topics().deadFrames(), settings.maxDeadLetterBytes(), settings.registryUrl()),
                        RecordType.FRAME)
                .name("decode")
                .uid("decode");
        frames.getSideOutput(FrameDecoder.DEAD)
                .sinkTo(sinks.dead())
                .name("frames.dead")
                .uid("frames-dead");

        stage.of(frames.keyBy(frame -> frame.streamId, Types.STRING))
                .name("enhance")
                .uid("enhance")
                .sinkTo(sinks.enhanced())
                .name("frames.enhanced, sdr, events")
                .uid("enhanced");
    }

    private EnhancementPlan plan(List<ModelFiles> models, List<ModelUpdate> announced) {
        return new EnhancementPlan(
                settings.mode(),
                settings.topics(),
                new PlannedModels(models, announced, settings.artifactStore()),
                new BatchRules(
                        settings.get(JobOptions.KERNEL),
                        settings.get(JobOptions.BATCH_WIDTH),
                        settings.millis(JobOptions.BATCH_LINGER)),
                settings.streamRules(),
                settings.millis(JobOptions.IDLE_TIMEOUT),
                settings.overloadRules());
    }
}

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

import io.clearline.kafka.DeliveryMode;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Sets the defaults of the job in Flink's configuration. Options that are set there already take precedence. */
final class JobEnvironment {
    /**
     * Number of key groups of a new job, which limits its parallelism for good. 1024 subtasks with some hundred streams
     * each are enough. More key groups make every checkpoint slower, however few streams there are: with 4096, writing
     * took two cores tens of milliseconds. A power of two divides evenly among subtasks. A restored job keeps the
     * number of its savepoint, which can't be changed.
     */
    private static final int MAX_PARALLELISM = 1024;

    /** Time between two checkpoints of a live job. */
    private static final Duration LIVE_INTERVAL = Duration.ofSeconds(10);
    /** Time between two checkpoints of a replay, whose output is committed with each of them. */
    private static final Duration REPLAY_INTERVAL = Duration.ofSeconds(5);
    /**
     * A failed checkpoint must not restart a job whose streams run. It only lengthens a later recovery. Monitor
     * {@code numberOfFailedCheckpoints} and {@code lastCheckpointCompletedTimestamp} instead.
     */
    private static final int TOLERABLE_FAILED_CHECKPOINTS = Integer.MAX_VALUE;

    /** Longest delay between restarts of a job that keeps failing. What it waits for may return within seconds. */
    private static final Duration MAX_RESTART_DELAY = Duration.ofSeconds(10);

    private JobEnvironment() {}

    /** Sets the defaults, and enables object reuse, which the serializers and operators of the job rely on. */
    static void configure(StreamExecutionEnvironment env, DeliveryMode mode) {
        env.getConfig().enableObjectReuse();
        ReadableConfig given = env.getConfiguration();
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        if (given.getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER).isEmpty()) {
            settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILED_CHECKPOINTS);
        }
        if (given.getOptional(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
                .isEmpty()) {
            settings.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        }
        if (given.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
            settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
            settings.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                    given.getOptional(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF)
                            .orElse(MAX_RESTART_DELAY));
        }
        env.configure(settings);
        if (env.getMaxParallelism() <= 0
                && given.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isEmpty()) {
            env.setMaxParallelism(MAX_PARALLELISM);
        }
        if (mode == DeliveryMode.LIVE) {
            env.setBufferTimeout(0);
        }
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            Duration interval = mode == DeliveryMode.LIVE ? LIVE_INTERVAL : REPLAY_INTERVAL;
            // State is exactly-once in both modes. A live job may write a record twice, but never apply a frame twice.
            env.enableCheckpointing(interval.toMillis(), CheckpointingMode.EXACTLY_ONCE);
        }
    }

    /**
     * Checks that a directory for checkpoints is configured. Without one, Flink keeps checkpoints in the memory of the
     * JobManager, which holds 5 MiB and is lost when that process ends.
     *
     * @throws IllegalArgumentException if none is configured
     */
    static void requireCheckpointFolder(ReadableConfig options) {
        Optional<String> folder = options.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("Expected a folder for checkpoints in "
                    + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key() + ", found none. Set it in Flink's configuration"
                    + " or on the command line to a place that JobManager and TaskManagers share, such as"
                    + " s3://bucket/checkpoints.");
        }
    }
}

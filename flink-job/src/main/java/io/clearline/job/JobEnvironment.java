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

/** What the job asks of Flink, where its configuration does not say otherwise. */
final class JobEnvironment {
    /**
     * Key groups of a job that starts anew: the most subtasks it can ever have, for some hundred streams each. More
     * cost at every checkpoint, however few streams there are: with 4096 its writing held up two cores for tens of
     * milliseconds. A power of two divides them evenly. A job that goes on keeps those of its savepoint, and that can't
     * be changed.
     */
    private static final int MAX_PARALLELISM = 1024;

    private static final Duration LIVE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration REPLAY_INTERVAL = Duration.ofSeconds(5);
    /**
     * A checkpoint that fails costs a longer way back, not the streams that run: {@code numberOfFailedCheckpoints} and
     * {@code lastCheckpointCompletedTimestamp} are there to be watched.
     */
    private static final int TOLERABLE_FAILED_CHECKPOINTS = Integer.MAX_VALUE;

    /** How long a job that failed again and again waits at most: what it waits for may be back within seconds. */
    private static final Duration MAX_RESTART_DELAY = Duration.ofSeconds(10);

    private JobEnvironment() {}

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
            // Exactly-once state in both modes: what LIVE may repeat are records, never their effect on a stream.
            env.enableCheckpointing(interval.toMillis(), CheckpointingMode.EXACTLY_ONCE);
        }
    }

    /**
     * Refuses to keep checkpoints in the memory of the JobManager, which takes 5 MiB and loses them when it ends.
     *
     * @throws IllegalArgumentException that says what to set
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

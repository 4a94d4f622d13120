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

import io.clearline.job.model.ArtifactStore;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.schemas.FrameLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the options mean: {@link JobOptions} checked, and turned into the terms of the job. Unchanging once made. */
final class JobSettings {
    /** What a Kafka producer takes when nobody says otherwise. */
    private static final int DEFAULT_MAX_REQUEST_BYTES = 1 << 20;
    /** An enhanced frame is as large as the largest frame that may come in; Kafka and its own fields add to it. */
    static final int MIN_REQUEST_BYTES = FrameLimits.MAX_RECORD_BYTES + 4096;

    private final Configuration options;
    private final Topics topics;
    private final Properties kafka;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException when a required option is missing or one is out of its range
     * @throws UncheckedIOException when the file with the settings of the Kafka clients can't be read
     */
    JobSettings(Configuration options) {
        this.options = options;
        if (!options.contains(JobOptions.BOOTSTRAP_SERVERS)) {
            throw new IllegalArgumentException(
                    "Which Kafka? Set " + JobOptions.BOOTSTRAP_SERVERS.key() + " to host:port of a broker.");
        }
        this.topics = new Topics(options.get(JobOptions.TOPIC_PREFIX));
        this.kafka = kafkaSettings(options);
        requireRoom(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes());
        requireRoom(
                JobOptions.DEAD_LETTER_SIZE.key(),
                options.get(JobOptions.DEAD_LETTER_SIZE).getBytes());
    }

    /**
     * The options of the command line, with what they leave open from Flink's own configuration.
     *
     * @param flink the configuration of the cluster or the environment
     */
    static Configuration merged(ReadableConfig flink, Configuration commandLine) {
        Configuration merged = Configuration.fromMap(flink.toMap());
        merged.addAll(commandLine);
        return merged;
    }

    Configuration options() {
        return options;
    }

    <T> T get(ConfigOption<T> option) {
        return options.get(option);
    }

    DeliveryMode mode() {
        return options.get(JobOptions.MODE);
    }

    boolean isReplay() {
        return mode() == DeliveryMode.REPLAY;
    }

    Topics topics() {
        return topics;
    }

    String bootstrapServers() {
        return options.get(JobOptions.BOOTSTRAP_SERVERS);
    }

    /** Settings of every Kafka client of the job; secrets are references. */
    Properties kafka() {
        return kafka;
    }

    /** {@code max.request.size} of the sinks' producers. */
    int maxRequestBytes() {
        String size = kafka.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return size == null ? DEFAULT_MAX_REQUEST_BYTES : Integer.parseInt(size);
    }

    /** What a dead letter may have: never more than the producer sends. */
    int maxDeadLetterBytes() {
        return (int) Math.min(options.get(JobOptions.DEAD_LETTER_SIZE).getBytes(), maxRequestBytes());
    }

    /** Where the bytes of models lie, beside the checkpoints; null where those have no file system. */
    ArtifactStore artifactStore() {
        return options.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .map(ArtifactStore::beside)
                .orElse(null);
    }

    StreamRules streamRules() {
        return new StreamRules(
                options.get(JobOptions.REORDER_FRAMES),
                reorderTimeoutMillis(),
                millis(JobOptions.MAX_GAP),
                millis(JobOptions.SDR_INTERVAL),
                options.get(JobOptions.WET),
                options.get(JobOptions.MAX_ATTENUATION_DB),
                options.get(JobOptions.KEEP) == KeptSignals.TONES);
    }

    /** A replay, or a job that is told so, waits by count alone. */
    private long reorderTimeoutMillis() {
        long millis = mode() == DeliveryMode.LIVE ? millis(JobOptions.REORDER_TIMEOUT) : 0;
        return millis == 0 ? StreamRules.NO_TIMEOUT : millis;
    }

    OverloadRules overloadRules() {
        return new OverloadRules(millis(JobOptions.OVERLOAD_DEADLINE), millis(JobOptions.OVERLOAD_MAX_AGE));
    }

    /** A duration in milliseconds. */
    long millis(ConfigOption<Duration> option) {
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
}

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
import io.clearline.kafka.HttpSchemaRegistry;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireFormat;
import io.clearline.kafka.WireHeaders;
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

/**
 * The validated options of the job, in the types that its parts use. See {@link JobOptions} for their meaning.
 * Immutable.
 */
final class JobSettings {
    /** Kafka's default of {@code max.request.size}. */
    private static final int DEFAULT_MAX_REQUEST_BYTES = 1 << 20;
    /**
     * An enhanced frame can be as large as the largest input record; the rest is for its own fields and Kafka's
     * overhead.
     */
    static final int MIN_REQUEST_BYTES = FrameLimits.MAX_RECORD_BYTES + 4096;

    private final Configuration options;
    private final Topics topics;
    private final Properties kafka;

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if a required option is missing, or one is unknown or out of range
     * @throws UncheckedIOException if the file with the settings of the Kafka clients can't be read
     */
    JobSettings(Configuration options) {
        this.options = options;
        KnownOptions.require(options);
        if (!options.contains(JobOptions.BOOTSTRAP_SERVERS)) {
            throw new IllegalArgumentException("Expected the address of a Kafka broker, found none. Set "
                    + JobOptions.BOOTSTRAP_SERVERS.key() + " to its host:port.");
        }
        if (options.get(JobOptions.WIRE) == WireFormat.REGISTRY && !options.contains(JobOptions.REGISTRY)) {
            throw new IllegalArgumentException("Expected the URL of a schema registry for " + JobOptions.WIRE.key()
                    + "=registry, found none. Set " + JobOptions.REGISTRY.key() + " to it.");
        }
        this.topics = new Topics(options.get(JobOptions.TOPIC_PREFIX));
        this.kafka = kafkaSettings(options);
        requireCapacity(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes());
        requireCapacity(
                JobOptions.DEAD_LETTER_SIZE.key(),
                options.get(JobOptions.DEAD_LETTER_SIZE).getBytes());
    }

    /**
     * Merges the options of the command line into Flink's configuration. The command line takes precedence.
     *
     * @param flink configuration of the cluster or the environment
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

    /** Returns the settings for all Kafka clients of the job. Secrets are references that the clients resolve. */
    Properties kafka() {
        return kafka;
    }

    /** Returns the URL of the schema registry whose framing can be read; null if there is none. */
    String registryUrl() {
        return options.get(JobOptions.REGISTRY);
    }

    /**
     * Returns the framing of the records that the job writes. If it is that of a schema registry, the schemas are
     * registered there.
     *
     * @throws UncheckedIOException if the registry can't be reached
     */
    WireHeaders wireHeaders() {
        if (options.get(JobOptions.WIRE) == WireFormat.SINGLE_OBJECT) {
            return WireHeaders.SINGLE_OBJECT;
        }
        try {
            return WireHeaders.registered(new HttpSchemaRegistry(registryUrl()), topics);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Returns {@code max.request.size} of the sinks' producers. */
    int maxRequestBytes() {
        String size = kafka.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        if (size == null) {
            return DEFAULT_MAX_REQUEST_BYTES;
        }
        try {
            return Integer.parseInt(size.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Expected a number of bytes for " + ProducerConfig.MAX_REQUEST_SIZE_CONFIG
                            + " of the Kafka clients, found '" + size + "'.",
                    e);
        }
    }

    /** Returns the largest size of a dead letter, which never exceeds what the producer sends. */
    int maxDeadLetterBytes() {
        return (int) Math.min(options.get(JobOptions.DEAD_LETTER_SIZE).getBytes(), maxRequestBytes());
    }

    /**
     * Returns the store for the files of models, beside the checkpoints; null if no directory for checkpoints is
     * configured.
     */
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
                        options.get(JobOptions.KEEP) == PassThroughSignals.TONES)
                .withComfortNoiseDb(
                        options.getOptional(JobOptions.COMFORT_NOISE_DB).orElse(Float.NEGATIVE_INFINITY));
    }

    /**
     * Returns the limit on how long frames wait for a missing one. A replay has none, so that no decision depends on
     * the clock.
     */
    private long reorderTimeoutMillis() {
        long millis = mode() == DeliveryMode.LIVE ? millis(JobOptions.REORDER_TIMEOUT) : 0;
        return millis == 0 ? StreamRules.NO_TIMEOUT : millis;
    }

    OverloadRules overloadRules() {
        return new OverloadRules(millis(JobOptions.OVERLOAD_DEADLINE), millis(JobOptions.OVERLOAD_MAX_AGE));
    }

    /**
     * Returns an option in milliseconds.
     *
     * @throws IllegalArgumentException if the number does not fit into a long
     */
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

    /** Checks that a limit on the size of a record leaves space for the largest frame. */
    private static void requireCapacity(String setting, long bytes) {
        if (bytes < MIN_REQUEST_BYTES) {
            throw new IllegalArgumentException("Expected " + setting + " of at least " + MIN_REQUEST_BYTES
                    + " bytes, so that the largest frame fits; found " + bytes + ".");
        }
    }

    /** Returns the settings of the file, overridden by the options that start with {@link JobOptions#KAFKA_PREFIX}. */
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

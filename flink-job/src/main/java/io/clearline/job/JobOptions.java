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

import static org.apache.flink.configuration.ConfigOptions.key;

import io.clearline.inference.kernel.KernelChoice;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * Every option of the job, with its default and its description; {@code OPTIONS.md} beside the module is made from
 * here.
 *
 * <p>Given as {@code --name value} on the command line or as {@code name: value} in Flink's configuration.
 */
public final class JobOptions {
    /**
     * Options under this prefix go to the Kafka clients unchanged: {@code clearline.kafka.security.protocol} and the
     * like.
     */
    public static final String KAFKA_PREFIX = "clearline.kafka.";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = key("clearline.bootstrap-servers")
            .stringType()
            .noDefaultValue()
            .withDescription("Kafka brokers as host:port, separated by commas. Required.");

    public static final ConfigOption<String> KAFKA_CONFIG = key(KafkaSettings.CONFIG_OPTION)
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Properties file with settings of the Kafka clients, such as TLS and SASL; read where the job is submitted. The job"
                            + " carries no secret of it, only the place: the file must be readable at the same path wherever the job runs."
                            + " A secret may also be in an environment variable: ${env:NAME}. Single settings: clearline.kafka.NAME.");

    public static final ConfigOption<DeliveryMode> MODE = key("clearline.mode")
            .enumType(DeliveryMode.class)
            .defaultValue(DeliveryMode.LIVE)
            .withDescription(
                    "LIVE: at-least-once, lowest delay, runs until cancelled. REPLAY: exactly-once, reads the topic once from its"
                            + " beginning to the end it has at the start.");

    public static final ConfigOption<String> TOPIC_PREFIX = key("clearline.topic-prefix")
            .stringType()
            .defaultValue(Topics.DEFAULT_PREFIX)
            .withDescription("First part of every topic's name: PREFIX.frames.raw, PREFIX.frames.enhanced and so on.");

    public static final ConfigOption<String> GROUP_ID = key("clearline.group-id")
            .stringType()
            .defaultValue("clearline")
            .withDescription(
                    "Consumer group under which LIVE commits its offsets, and prefix of REPLAY's transactional ids;"
                            + " where none is named, a replay's ids name the job, too, and what it leaves open when it"
                            + " ends for good ends by itself after ten minutes."
                            + " Two jobs that read the same topics at the same time need two groups.");

    public static final ConfigOption<List<String>> MODELS = key("clearline.models")
            .stringType()
            .asList()
            .defaultValues("live")
            .withDescription(
                    "Models by name, name@version or channel, separated by semicolons, at most one for each sample rate. A stream gets the"
                            + " model of its own rate, else the nearest above it, else the highest.");

    public static final ConfigOption<List<String>> MODEL_CHANNELS = key("clearline.models.channels")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription(
                    "Channels whose announcements are followed, separated by semicolons. Unset: those that clearline.models names; a model"
                            + " named by its version is kept. Set it to begin with a version and go on with a channel.");

    public static final ConfigOption<String> MODEL_REPOSITORY = key("clearline.model-repository")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Folder of the model repository, read where the job is submitted. Unset: the published models that came with it.");

    public static final ConfigOption<String> MODEL_PUBLIC_KEY = key("clearline.models.public-key")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "PEM file with an Ed25519 public key, read where the job is submitted. When set, a model that its holder did not sign is"
                            + " refused, at the start and when it is announced.");

    public static final ConfigOption<KernelChoice> KERNEL = key("clearline.kernel")
            .enumType(KernelChoice.class)
            .defaultValue(KernelChoice.AUTO)
            .withDescription(
                    "AUTO takes the fastest kernel the JVM allows and logs why. SCALAR and VECTOR force one; the job fails if it can't run.");

    public static final ConfigOption<Integer> BATCH_WIDTH = key("clearline.batch.width")
            .intType()
            .defaultValue(32)
            .withDescription(
                    "Hops of all streams of a subtask that share one kernel call. Changes the speed, never the samples.");

    public static final ConfigOption<Duration> BATCH_LINGER = key("clearline.batch.linger")
            .durationType()
            .defaultValue(Duration.ofMillis(5))
            .withDescription(
                    "How long a hop waits at most for others in LIVE. A subtask to which fewer than eight hops come in"
                            + " that time does not wait; one to which many come waits for sixteen. 0: never. REPLAY"
                            + " waits for full batches.");

    public static final ConfigOption<Integer> REORDER_FRAMES = key("clearline.stream.reorder-frames")
            .intType()
            .defaultValue(3)
            .withDescription("How many frames of a stream wait for a missing one before it is concealed.");

    public static final ConfigOption<Duration> REORDER_TIMEOUT = key("clearline.stream.reorder-timeout")
            .durationType()
            .defaultValue(Duration.ofMillis(100))
            .withDescription(
                    "LIVE: how long frames wait at most, for a missing one or for the one that follows them. Then the missing ones are concealed,"
                            + " and the last frames of a talk spurt go out. 0: by count alone, as a REPLAY does, and the same bits through any stall.");

    public static final ConfigOption<Duration> MAX_GAP = key("clearline.stream.max-gap")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("The longest gap that is concealed. After a longer one the stream is reset.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = key("clearline.stream.idle-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription(
                    "LIVE: a stream without a frame for so long is closed: its tail goes out and its state is freed.");

    public static final ConfigOption<Duration> OVERLOAD_DEADLINE = key("clearline.overload.deadline")
            .durationType()
            .defaultValue(Duration.ofMillis(200))
            .withDescription(
                    "LIVE: by how much frames may be later than their stream's frames were at best, before whole streams are bypassed, the newest"
                            + " first: dry signal with the delay of the enhanced one, flagged. Only when lateness is not being worked off and it is"
                            + " enhancement that takes the time; a backlog is caught up with by enhancing. They come back when the job keeps up."
                            + " 0: never, and the same bits however late. Clocks of senders may differ; a record without a timestamp is never late.");

    public static final ConfigOption<Duration> OVERLOAD_MAX_AGE = key("clearline.overload.max-age")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription(
                    "LIVE: when every stream of a subtask is bypassed and frames are still by more than this later than their stream's were at best,"
                            + " they are dropped and counted until they come at half of it; the stream closes and opens again. 0: never.");

    public static final ConfigOption<MemorySize> DEAD_LETTER_SIZE = key("clearline.dead-letter.max-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(1))
            .withDescription(
                    "The most that a dead letter may have, at least 76 kb; of a larger record it holds size, SHA-256 and the first bytes. Never"
                            + " above max.request.size of the producer. Keep it below max.message.bytes of the topic.");

    public static final ConfigOption<Duration> SDR_INTERVAL = key("clearline.sdr.interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription("Stream time between two SDR estimates of a stream.");

    public static final ConfigOption<Float> WET = key("clearline.strength.wet")
            .floatType()
            .defaultValue(1f)
            .withDescription("Share of the enhanced signal in the output, 0 (dry: the delayed input) to 1 (enhanced).");

    public static final ConfigOption<Float> MAX_ATTENUATION_DB = key("clearline.strength.max-attenuation-db")
            .floatType()
            .defaultValue(100f)
            .withDescription("The most a time-frequency point is turned down, in dB.");

    public static final ConfigOption<KeptSignals> KEEP = key("clearline.keep")
            .enumType(KeptSignals.class)
            .defaultValue(KeptSignals.TONES)
            .withDescription(
                    "What passes as it came in: tones (DTMF, call progress, fax and modem answer tones), or none.");

    public static final ConfigOption<Float> COMFORT_NOISE_DB = key("clearline.comfort-noise-db")
            .floatType()
            .noDefaultValue()
            .withDescription(
                    "Level of white noise under everything that goes out, in dB of full scale, for example -70, so"
                            + " that silence does not sound like a dead line; none where it is not set.");
    public static final ConfigOption<WireFormat> WIRE = key("clearline.wire")
            .enumType(WireFormat.class)
            .defaultValue(WireFormat.SINGLE_OBJECT)
            .withDescription(
                    "What stands in front of each record that is written: single-object (the schema's fingerprint), or"
                            + " registry (the number that the schema registry has for it).");
    public static final ConfigOption<String> REGISTRY = key("clearline.wire.registry")
            .stringType()
            .noDefaultValue()
            .withDescription("URL of a schema registry with Confluent's HTTP interface, for example"
                    + " http://registry:8081. With it records in either framing are read.");

    private JobOptions() {}
}

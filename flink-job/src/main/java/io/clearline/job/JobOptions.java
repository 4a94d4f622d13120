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
 * All options of the job with their defaults and descriptions. {@code OPTIONS.md} beside the module is generated from
 * this class.
 *
 * <p>Set an option as {@code --name value} on the command line, or as {@code name: value} in Flink's configuration.
 * {@link KnownOptions} takes the known names from the fields of this class and refuses all others.
 */
public final class JobOptions {
    /**
     * Prefix of settings that are passed on to the Kafka clients, such as {@code clearline.kafka.security.protocol}.
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
                    "Properties file with settings of the Kafka clients, such as TLS and SASL. It is read where"
                            + " the job is submitted."
                            + " The job contains no secrets, only the path of the file, which must be readable at"
                            + " that path wherever the job"
                            + " runs. A secret can also be in an environment variable: ${env:NAME}. Single"
                            + " settings: clearline.kafka.NAME.");

    public static final ConfigOption<DeliveryMode> MODE = key("clearline.mode")
            .enumType(DeliveryMode.class)
            .defaultValue(DeliveryMode.LIVE)
            .withDescription("LIVE: at-least-once, lowest delay, runs until cancelled. REPLAY: exactly-once, reads the"
                    + " topic once from its"
                    + " beginning to the end it has at the start.");

    public static final ConfigOption<String> TOPIC_PREFIX = key("clearline.topic-prefix")
            .stringType()
            .defaultValue(Topics.DEFAULT_PREFIX)
            .withDescription("First part of every topic's name: PREFIX.frames.raw, PREFIX.frames.enhanced and so on.");

    public static final ConfigOption<String> GROUP_ID = key("clearline.group-id")
            .stringType()
            .defaultValue("clearline")
            .withDescription(
                    "LIVE: consumer group under which offsets are committed. REPLAY: prefix of the transactional"
                            + " ids. If it"
                            + " is not set, the ids of a replay also contain a unique identifier, and a"
                            + " transaction that"
                            + " the replay leaves open is aborted after ten minutes."
                            + " Two jobs that read the same topics at the same time need two groups.");

    public static final ConfigOption<List<String>> MODELS = key("clearline.models")
            .stringType()
            .asList()
            .defaultValues("live")
            .withDescription("Models by name, name@version or channel, separated by semicolons, at most one for each"
                    + " sample rate. A stream gets the"
                    + " model of its own rate, else the nearest above it, else the highest.");

    public static final ConfigOption<List<String>> MODEL_CHANNELS = key("clearline.models.channels")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription("Channels whose announcements are followed, separated by semicolons. Default: the channels"
                    + " in clearline.models; a"
                    + " model that is given with its version stays in use. Set it to start with a version"
                    + " and follow a channel.");

    public static final ConfigOption<String> MODEL_REPOSITORY = key("clearline.model-repository")
            .stringType()
            .noDefaultValue()
            .withDescription("Folder of the model repository, read where the job is submitted. Unset: the published"
                    + " models that came with it.");

    public static final ConfigOption<String> MODEL_PUBLIC_KEY = key("clearline.models.public-key")
            .stringType()
            .noDefaultValue()
            .withDescription("PEM file with an Ed25519 public key, read where the job is submitted. If set, models that"
                    + " are not signed with the"
                    + " matching private key are refused, at the start and when they are announced.");

    public static final ConfigOption<KernelChoice> KERNEL = key("clearline.kernel")
            .enumType(KernelChoice.class)
            .defaultValue(KernelChoice.AUTO)
            .withDescription(
                    "AUTO takes the fastest kernel the JVM allows and logs why. SCALAR and VECTOR force one; the"
                            + " job fails if it can't run.");

    public static final ConfigOption<Integer> BATCH_WIDTH = key("clearline.batch.width")
            .intType()
            .defaultValue(32)
            .withDescription("Hops of all streams of a subtask that share one kernel call. Changes the speed, never the"
                    + " samples.");

    public static final ConfigOption<Duration> BATCH_LINGER = key("clearline.batch.linger")
            .durationType()
            .defaultValue(Duration.ofMillis(5))
            .withDescription(
                    "LIVE: longest time that a hop waits for others. A subtask that receives fewer than eight hops in"
                            + " that time does not wait; a busy one waits for sixteen. 0 disables waiting. REPLAY"
                            + " waits for full batches.");

    public static final ConfigOption<Integer> REORDER_FRAMES = key("clearline.stream.reorder-frames")
            .intType()
            .defaultValue(3)
            .withDescription("How many frames of a stream wait for a missing one before it is concealed.");

    public static final ConfigOption<Duration> REORDER_TIMEOUT = key("clearline.stream.reorder-timeout")
            .durationType()
            .defaultValue(Duration.ofMillis(100))
            .withDescription("LIVE: longest time that frames wait for a missing one, or for the next one. Then missing"
                    + " frames are concealed, and"
                    + " the last frames of a talk spurt are emitted. 0: frames wait by number only, as in"
                    + " REPLAY, so that a stall"
                    + " does not change the output.");

    public static final ConfigOption<Duration> MAX_GAP = key("clearline.stream.max-gap")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("The longest gap that is concealed. After a longer one the stream is reset.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = key("clearline.stream.idle-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("LIVE: a stream without a frame for this time is closed: the rest of its signal is emitted"
                    + " and its state freed.");

    public static final ConfigOption<Duration> OVERLOAD_DEADLINE = key("clearline.overload.deadline")
            .durationType()
            .defaultValue(Duration.ofMillis(200))
            .withDescription("LIVE: lateness of frames, relative to the best of their stream, that the job keeps to by"
                    + " bypassing whole streams, the"
                    + " newest first. A bypassed stream passes dry with the same delay, and is flagged."
                    + " Streams are bypassed only"
                    + " if the lateness does not decrease and enhancement is its cause, and are enhanced"
                    + " again when the job keeps up."
                    + " 0 disables bypassing. Clocks of senders may differ; a record without a timestamp"
                    + " is never late.");

    public static final ConfigOption<Duration> OVERLOAD_MAX_AGE = key("clearline.overload.max-age")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription(
                    "LIVE: if every stream of a subtask is bypassed and the lateness of frames, relative to the"
                            + " best of their stream, still"
                            + " exceeds this, frames are dropped and counted until it has fallen to half. Their"
                            + " streams are closed and opened"
                            + " again. 0 disables dropping.");

    public static final ConfigOption<MemorySize> DEAD_LETTER_SIZE = key("clearline.dead-letter.max-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(1))
            .withDescription("Largest size of a dead letter, at least 76 kb. For a larger record, it contains size,"
                    + " SHA-256 and the first bytes. It"
                    + " never exceeds max.request.size of the producer. Keep it below max.message.bytes of"
                    + " the topic.");

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
            .withDescription("Largest attenuation of a time-frequency point, in dB.");

    public static final ConfigOption<PassThroughSignals> KEEP = key("clearline.keep")
            .enumType(PassThroughSignals.class)
            .defaultValue(PassThroughSignals.TONES)
            .withDescription(
                    "Signals that pass unchanged: tones (DTMF, call progress, fax and modem answer tones), or none.");

    public static final ConfigOption<Float> COMFORT_NOISE_DB = key("clearline.comfort-noise-db")
            .floatType()
            .noDefaultValue()
            .withDescription(
                    "Level of white noise that is added to the output, in dB of full scale, for example -70, so that"
                            + " silence does not sound like a dead line. Default: no noise.");
    public static final ConfigOption<WireFormat> WIRE = key("clearline.wire")
            .enumType(WireFormat.class)
            .defaultValue(WireFormat.SINGLE_OBJECT)
            .withDescription("Framing of the records that are written: single-object (the schema's fingerprint), or"
                    + " registry (the"
                    + " schema's id in the schema registry).");
    public static final ConfigOption<String> REGISTRY = key("clearline.wire.registry")
            .stringType()
            .noDefaultValue()
            .withDescription("URL of a schema registry with Confluent's HTTP interface, for example"
                    + " http://registry:8081. With it, records in both framings are read.");

    private JobOptions() {}
}

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

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * All metrics of the job with their descriptions. {@code METRICS.md} beside the module, the dashboard and the checks of
 * the alert rules are generated from this enum. Every subtask of the operator registers each metric once, so sum over
 * the subtasks.
 *
 * <p>Immutable. The metrics that {@link #counter} and the other methods return are updated by the task's thread.
 */
public enum JobMetric {
    /** Partitions of a topic that was deleted and created again. */
    PARTITIONS_REPLACED(
            "partitionsReplaced",
            Kind.COUNTER,
            Operator.SOURCE,
            "Partitions that are read from the beginning because their topic was deleted and created again."),

    /** Records read. */
    FRAMES_IN("framesIn", Kind.COUNTER, Operator.DECODE, "Records read from the raw topic, without tombstones."),
    /** Records rejected. */
    FRAMES_DEAD("framesDead", Kind.COUNTER, Operator.DECODE, "Records written to the dead-letter topic."),
    /** Records rejected, by reason. */
    FRAMES_DEAD_BY_REASON(
            "framesDead",
            Kind.COUNTER,
            Operator.DECODE,
            "reason",
            "Records written to the dead-letter topic, by the reason in the dead letter."),
    /** Tombstones read. */
    TOMBSTONES("tombstones", Kind.COUNTER, Operator.DECODE, "Tombstones (records without a value), which are ignored."),

    /** Valid frames that reached the operator. */
    FRAMES_ENHANCING(
            "framesEnhancing", Kind.COUNTER, Operator.ENHANCE, "Valid frames received by the enhancement operator."),
    /** Frames emitted. */
    FRAMES_OUT("framesOut", Kind.COUNTER, Operator.ENHANCE, "Frames emitted: enhanced, bypassed and concealed."),
    /** Frames that replace missing ones. */
    FRAMES_CONCEALED("framesConcealed", Kind.COUNTER, Operator.ENHANCE, "Frames emitted in place of missing frames."),
    /** Frames emitted dry. */
    FRAMES_BYPASSED(
            "framesBypassed",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Frames emitted without enhancement (dry) because the job could not keep up."),
    /** Frames dropped because of their age. */
    FRAMES_DROPPED(
            "framesDropped",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Frames dropped during overload because their delay exceeded clearline.overload.max-age."),
    /** Gaps that were concealed. */
    GAPS("gaps", Kind.COUNTER, Operator.ENHANCE, "Gaps in streams that were concealed."),
    /** Duplicate frames. */
    DUPLICATES("duplicates", Kind.COUNTER, Operator.ENHANCE, "Frames dropped because they had already been received."),
    /** Frames that arrived after they were concealed. */
    LATE(
            "late",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Frames dropped because they arrived after they had been concealed or after their session had ended."),
    /** Resets of streams. */
    RESETS("resets", Kind.COUNTER, Operator.ENHANCE, "Resets of streams, such as after a gap too long to conceal."),
    /** Changes of a stream's partition. */
    PARTITION_CHANGES(
            "partitionChanges",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Changes of the partition of the raw topic that the frames of a session come from. Each has an event."),
    /** Open streams. */
    STREAMS_OPEN("streamsOpen", Kind.GAUGE, Operator.ENHANCE, "Number of open streams."),
    /** Streams that are bypassed. */
    STREAMS_BYPASSED(
            "streamsBypassed", Kind.GAUGE, Operator.ENHANCE, "Number of streams bypassed because of overload."),
    /** Age of the last frame. */
    FRAME_AGE(
            "frameAgeMillis",
            Kind.GAUGE,
            Operator.ENHANCE,
            "Time from the Kafka timestamp of the last frame to its processing by the operator, in milliseconds."),
    /** Distribution of the age of frames. */
    FRAME_WAIT(
            "frameWaitMillis",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Time from the Kafka timestamp of a frame to its processing by the operator, in milliseconds, over the"
                    + " last 1,024 frames."),
    /** Time that hops spend in a batch. */
    BATCH_MICROS(
            "batchMicros",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Time from the arrival of the first hop in a batch to the completion of the batch, in microseconds, over"
                    + " the last 1,024 batches."),
    /** Hops per batch. */
    BATCH_FILL("batchFill", Kind.HISTOGRAM, Operator.ENHANCE, "Number of hops per batch, over the last 1,024 batches."),
    /** Batches. */
    BATCHES("batches", Kind.COUNTER, Operator.ENHANCE, "Processed batches."),
    /** Hops. */
    HOPS("hops", Kind.COUNTER, Operator.ENHANCE, "Hops processed in batches."),
    /** Processor time of the batches. */
    KERNEL_NANOS(
            "kernelNanos",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Time spent in the kernel, mask and synthesis, in nanoseconds. Its rate divided by 10^9 is the share of a"
                    + " core in use."),
    /** The kernel in use. */
    KERNEL(
            "kernelInUse",
            Kind.GAUGE,
            Operator.ENHANCE,
            "kernel",
            "1 for the kernel in use: vector, or scalar if the JVM runs without the module jdk.incubator.vector."),
    /** Estimated SDR of the input. */
    SDR_INPUT(
            "sdrInputMillibels",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Estimated SDR of the input, in hundredths of a decibel, over the last 1,024 estimates of all streams."),
    /** Estimated SDR of the output. */
    SDR_OUTPUT(
            "sdrOutputMillibels",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Estimated SDR of the output, in hundredths of a decibel, over the last 1,024 estimates of all streams."),
    /** Models in use. */
    MODEL_IN_USE(
            "modelInUse",
            Kind.GAUGE,
            Operator.ENHANCE,
            "model",
            "1 for each model in use, as name@version; 0 if the model is no longer in use."),
    /** Changes of a stream's model. */
    MODEL_CHANGES("modelChanges", Kind.COUNTER, Operator.ENHANCE, "Changes of a stream to a different model."),
    /** Announced models that were refused. */
    MODELS_REFUSED(
            "modelsRefused",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Announced models that were refused. Every subtask counts each refused model."),
    /** The models in use as text. */
    MODELS(
            "models",
            Kind.TEXT,
            Operator.ENHANCE,
            "Models in use, as text. Shown in the Flink web UI; not exported to Prometheus."),

    /** Records that exceed the producer's limit. */
    RECORDS_TOO_LARGE(
            "recordsTooLarge",
            Kind.COUNTER,
            Operator.SINK,
            "Records dropped because they exceed the producer's max.request.size.");

    /** Number of latest values that quantiles are computed over. */
    private static final int HISTOGRAM_WINDOW = 1024;

    /** The kind of a metric. */
    public enum Kind {
        /** Increases until the task restarts. */
        COUNTER,
        /** A current value. */
        GAUGE,
        /** Quantiles of the latest values. */
        HISTOGRAM,
        /** Text for people, which reporters such as Prometheus do not export. */
        TEXT
    }

    /** The operator that registers a metric. */
    public enum Operator {
        SOURCE("Source: frames.raw; Source: models", ""),
        DECODE("decode", ""),
        ENHANCE("enhance", ""),
        /** Kafka's sink registers the metrics of a serializer in a group of its own. */
        SINK("frames.enhanced, sdr, events; frames.dead", "user");

        private final String operatorName;
        private final String group;

        Operator(String operatorName, String group) {
            this.operatorName = operatorName;
            this.group = group;
        }

        /** Returns the value of the label {@code operator_name}. */
        public String operatorName() {
            return operatorName;
        }
    }

    private final String metricName;
    private final Kind kind;
    private final Operator operator;
    private final String label;
    private final String description;

    JobMetric(String metricName, Kind kind, Operator operator, String description) {
        this(metricName, kind, operator, "", description);
    }

    JobMetric(String metricName, Kind kind, Operator operator, String label, String description) {
        this.metricName = metricName;
        this.kind = kind;
        this.operator = operator;
        this.label = label;
        this.description = description;
    }

    /** Returns the name of the metric in Flink. */
    public String metricName() {
        return metricName;
    }

    /** Returns the kind of the metric. */
    public Kind kind() {
        return kind;
    }

    /** Returns the operator that registers the metric. */
    public Operator operator() {
        return operator;
    }

    /**
     * Returns the name of the label that distinguishes the series of this metric, in addition to Flink's own labels;
     * empty if there is none.
     */
    public String label() {
        return label;
    }

    /** Returns the description for the reference and the dashboard: one or more sentences. */
    public String description() {
        return description;
    }

    /** Returns the name that Flink's Prometheus reporter gives the metric. */
    public String prometheusName() {
        StringBuilder name = new StringBuilder("flink_taskmanager_job_task_operator_");
        for (String group : new String[] {operator.group, label}) {
            if (!group.isEmpty()) {
                name.append(group).append('_');
            }
        }
        return name.append(metricName).toString();
    }

    /**
     * Registers this counter.
     *
     * @throws IllegalStateException if this is not a counter without a label
     */
    public Counter counter(MetricGroup group) {
        require(Kind.COUNTER, false);
        return group.counter(metricName);
    }

    /**
     * Registers the counter for one value of the label.
     *
     * @throws IllegalStateException if this is not a counter with a label
     */
    public Counter counter(MetricGroup group, String labelValue) {
        require(Kind.COUNTER, true);
        return group.addGroup(label, labelValue).counter(metricName);
    }

    /**
     * Registers this histogram.
     *
     * @throws IllegalStateException if this is not a histogram
     */
    public Histogram histogram(MetricGroup group) {
        require(Kind.HISTOGRAM, false);
        return group.histogram(metricName, new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /**
     * Registers this gauge or text without a label.
     *
     * @param value may be read by any thread
     * @throws IllegalStateException if this is not a gauge or text without a label
     */
    public void gauge(MetricGroup group, Gauge<?> value) {
        require(kind == Kind.TEXT ? Kind.TEXT : Kind.GAUGE, false);
        group.gauge(metricName, value);
    }

    /**
     * Registers the gauge for one value of the label.
     *
     * @param value may be read by any thread
     * @throws IllegalStateException if this is not a gauge with a label
     */
    public void gauge(MetricGroup group, String labelValue, Gauge<?> value) {
        require(Kind.GAUGE, true);
        group.addGroup(label, labelValue).gauge(metricName, value);
    }

    private void require(Kind expected, boolean labelled) {
        if (kind != expected || labelled == label.isEmpty()) {
            throw new IllegalStateException(this + " is a " + kind + (label.isEmpty() ? "" : " by " + label)
                    + "; it was registered as a " + expected + (labelled ? " by a label." : "."));
        }
    }
}

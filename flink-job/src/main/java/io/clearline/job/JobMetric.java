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
 * Every metric of the job, with its meaning; {@code METRICS.md} beside the module, the dashboard and the checks of the
 * alert rules are made from here. Each is registered once for each subtask of its operator; sum over subtasks.
 *
 * <p>Immutable. What {@link #counter} and the like return is updated by the task's thread.
 */
public enum JobMetric {
    /** Partitions of a topic that was made again. */
    PARTITIONS_REPLACED(
            "partitionsReplaced",
            Kind.COUNTER,
            Operator.SOURCE,
            "Partitions that are read from their beginning because their topic was deleted and made again."),

    /** Records that were read. */
    FRAMES_IN("framesIn", Kind.COUNTER, Operator.DECODE, "Records read from the raw topic."),
    /** Records that were refused. */
    FRAMES_DEAD("framesDead", Kind.COUNTER, Operator.DECODE, "Records that went to the dead letters, for any reason."),
    /** Records that were refused, by reason. */
    FRAMES_DEAD_BY_REASON(
            "framesDead",
            Kind.COUNTER,
            Operator.DECODE,
            "reason",
            "Records that went to the dead letters, by the reason that the dead letter gives."),
    /** Records without a value. */
    TOMBSTONES("tombstones", Kind.COUNTER, Operator.DECODE, "Records without a value; nothing comes of them."),

    /** Frames that reached the operator. */
    FRAMES_ENHANCING(
            "framesEnhancing", Kind.COUNTER, Operator.ENHANCE, "Valid frames that reached the enhancement operator."),
    /** Frames written. */
    FRAMES_OUT("framesOut", Kind.COUNTER, Operator.ENHANCE, "Frames written: enhanced, bypassed and concealed."),
    /** Frames that replace lost ones. */
    FRAMES_CONCEALED(
            "framesConcealed",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Frames written in the place of frames that never came."),
    /** Frames written dry. */
    FRAMES_BYPASSED(
            "framesBypassed", Kind.COUNTER, Operator.ENHANCE, "Frames written dry, because the job could not keep up."),
    /** Frames thrown away. */
    FRAMES_DROPPED(
            "framesDropped",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Frames dropped because they came too late to be of use (clearline.overload.max-age)."),
    /** Gaps. */
    GAPS("gaps", Kind.COUNTER, Operator.ENHANCE, "Gaps in streams; each was concealed."),
    /** Repeats. */
    DUPLICATES("duplicates", Kind.COUNTER, Operator.ENHANCE, "Frames that had come before and were left out."),
    /** Frames after their turn. */
    LATE("late", Kind.COUNTER, Operator.ENHANCE, "Frames that came after their place had been concealed."),
    /** Resets. */
    RESETS("resets", Kind.COUNTER, Operator.ENHANCE, "Streams that began anew after a gap too long to conceal."),
    /** Streams that came by another partition. */
    PARTITION_CHANGES(
            "partitionChanges",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Sessions whose frames came by another partition of the raw topic than before; see the event for each."),
    /** Open streams. */
    STREAMS_OPEN("streamsOpen", Kind.GAUGE, Operator.ENHANCE, "Streams that are open."),
    /** Streams that pass dry now. */
    STREAMS_BYPASSED(
            "streamsBypassed", Kind.GAUGE, Operator.ENHANCE, "Streams that pass dry now, because of overload."),
    /** Age of the newest frame. */
    FRAME_AGE(
            "frameAgeMillis",
            Kind.GAUGE,
            Operator.ENHANCE,
            "Milliseconds between Kafka's timestamp of the last frame and its turn in the operator."),
    /** Distribution of that age. */
    FRAME_WAIT(
            "frameWaitMillis",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Milliseconds between Kafka's timestamp of a frame and its turn in the operator, over the last"
                    + " 1,024 frames."),
    /** Time in the batch. */
    BATCH_MICROS(
            "batchMicros",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Microseconds from a hop's arrival in an empty batch to the end of the batch's run, over the"
                    + " last 1,024 batches."),
    /** Hops in a batch. */
    BATCH_FILL("batchFill", Kind.HISTOGRAM, Operator.ENHANCE, "Hops in a batch, over the last 1,024 batches."),
    /** Batches. */
    BATCHES("batches", Kind.COUNTER, Operator.ENHANCE, "Batches that ran."),
    /** Hops. */
    HOPS("hops", Kind.COUNTER, Operator.ENHANCE, "Hops that ran in them."),
    /** Time in the kernel. */
    KERNEL_NANOS(
            "kernelNanos",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Nanoseconds of kernel, mask and synthesis. Its rate, divided by 10^9, is the share of a core."),
    /** Which kernel. */
    KERNEL(
            "kernelInUse",
            Kind.GAUGE,
            Operator.ENHANCE,
            "kernel",
            "1 for the kernel that computes: vector, or scalar where the JVM runs without jdk.incubator.vector."),
    /** Input SDR. */
    SDR_INPUT(
            "sdrInputMillibels",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Estimated SDR of the input in hundredths of a decibel, over the last 1,024 estimates of any stream."),
    /** Output SDR. */
    SDR_OUTPUT(
            "sdrOutputMillibels",
            Kind.HISTOGRAM,
            Operator.ENHANCE,
            "Estimated SDR of the output in hundredths of a decibel, over the last 1,024 estimates of any stream."),
    /** Models in use. */
    MODEL_IN_USE(
            "modelInUse",
            Kind.GAUGE,
            Operator.ENHANCE,
            "model",
            "1 for each model in use, as name@version; 0 once it is no more."),
    /** Model changes. */
    MODEL_CHANGES(
            "modelChanges", Kind.COUNTER, Operator.ENHANCE, "Streams that went on under another model, each time."),
    /** Refused models. */
    MODELS_REFUSED(
            "modelsRefused",
            Kind.COUNTER,
            Operator.ENHANCE,
            "Announced models that were refused. Every subtask counts each."),
    /** Names of the models. */
    MODELS(
            "models",
            Kind.TEXT,
            Operator.ENHANCE,
            "The models in use, as text; Prometheus leaves it out, Flink's web page shows it."),

    /** Records beyond what Kafka takes. */
    RECORDS_TOO_LARGE(
            "recordsTooLarge",
            Kind.COUNTER,
            Operator.SINK,
            "Records left out because the producer does not send so large ones (max.request.size).");

    private static final int HISTOGRAM_WINDOW = 1024;

    /** What a metric is to a reader. */
    public enum Kind {
        /** Only grows, until the task starts again. */
        COUNTER,
        /** A value as it is now. */
        GAUGE,
        /** Quantiles over the newest values. */
        HISTOGRAM,
        /** Words; not exported. */
        TEXT
    }

    /** Who registers a metric. */
    public enum Operator {
        SOURCE("Source: frames.raw; Source: models", ""),
        DECODE("decode", ""),
        ENHANCE("enhance", ""),
        /** Kafka's sink puts what a serializer registers into a group of its own. */
        SINK("frames.enhanced, sdr, events; frames.dead", "user");

        private final String operatorName;
        private final String group;

        Operator(String operatorName, String group) {
            this.operatorName = operatorName;
            this.group = group;
        }

        /** As in the label {@code operator_name}. */
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

    /** The name in Flink. */
    public String metricName() {
        return metricName;
    }

    public Kind kind() {
        return kind;
    }

    public Operator operator() {
        return operator;
    }

    /** Name of the label that tells its series apart, beside Flink's own; empty: none. */
    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    /** The name that Flink's Prometheus reporter gives it. */
    public String prometheusName() {
        StringBuilder name = new StringBuilder("flink_taskmanager_job_task_operator_");
        for (String group : new String[] {operator.group, label}) {
            if (!group.isEmpty()) {
                name.append(group).append('_');
            }
        }
        return name.append(metricName).toString();
    }

    /** Registers this counter. */
    public Counter counter(MetricGroup group) {
        require(Kind.COUNTER, false);
        return group.counter(metricName);
    }

    /** Registers the counter of one value of the label. */
    public Counter counter(MetricGroup group, String labelValue) {
        require(Kind.COUNTER, true);
        return group.addGroup(label, labelValue).counter(metricName);
    }

    /** Registers this histogram. */
    public Histogram histogram(MetricGroup group) {
        require(Kind.HISTOGRAM, false);
        return group.histogram(metricName, new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /** Registers what a gauge reads; any thread may read. */
    public void gauge(MetricGroup group, Gauge<?> value) {
        require(kind == Kind.TEXT ? Kind.TEXT : Kind.GAUGE, false);
        group.gauge(metricName, value);
    }

    /** Registers what a gauge reads for one value of the label; any thread may read. */
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

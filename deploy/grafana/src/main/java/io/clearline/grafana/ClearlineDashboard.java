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
package io.clearline.grafana;

import io.clearline.grafana.Panel.Unit;
import io.clearline.job.JobMetric;
import java.util.List;
import java.util.stream.Stream;

/**
 * The content of the dashboard: its rows and panels, from the streams that a listener hears down to Flink and the
 * machines. Stateless.
 */
public final class ClearlineDashboard {
    /** The SDR metrics are integers in hundredths of a decibel. */
    private static final double MILLIBELS_PER_DECIBEL = 100;

    private static final double MILLIS_PER_SECOND = 1000;

    /**
     * A row of panels.
     *
     * @param title the common topic of the panels
     * @param panels the panels from left to right
     */
    public record Row(String title, List<Panel> panels) {}

    private ClearlineDashboard() {}

    /** Returns the rows from top to bottom. */
    public static List<Row> rows() {
        return List.of(
                new Row("Streams", streams()),
                new Row("Quality and models", quality()),
                new Row("Latency", latency()),
                new Row("Load", load()),
                new Row("Errors", errors()),
                new Row("Flink", flink()));
    }

    /** Returns the panels of all rows. */
    public static Stream<Panel> panels() {
        return rows().stream().flatMap(row -> row.panels().stream());
    }

    private static List<Panel> streams() {
        return List.of(
                Panel.of(
                        "Streams",
                        Unit.COUNT,
                        "Number of open streams, and of streams that are bypassed because of overload.",
                        Query.sum(JobMetric.STREAMS_OPEN, "open"),
                        Query.sum(JobMetric.STREAMS_BYPASSED, "bypassed")),
                Panel.of(
                        "Frames",
                        Unit.PER_SECOND,
                        "Frames read from the raw topic, and frames emitted. The rates are equal if no frames are"
                                + " missing.",
                        Query.rate(JobMetric.FRAMES_IN, "read"),
                        Query.rate(JobMetric.FRAMES_OUT, "emitted")),
                Panel.of(
                        "Frames by type",
                        Unit.SHARE,
                        "Enhanced, bypassed and concealed frames as shares of all emitted frames.",
                        Query.rest(JobMetric.FRAMES_OUT, JobMetric.FRAMES_BYPASSED, "enhanced"),
                        Query.share(JobMetric.FRAMES_BYPASSED, JobMetric.FRAMES_OUT, "bypassed"),
                        Query.share(JobMetric.FRAMES_CONCEALED, JobMetric.FRAMES_OUT, "concealed")));
    }

    private static List<Panel> quality() {
        return List.of(
                Panel.of(
                        "Estimated SDR",
                        Unit.DECIBELS,
                        "Median of the latest estimates of all streams for the input and the output, averaged over the"
                                + " subtasks.",
                        Query.median(JobMetric.SDR_INPUT, MILLIBELS_PER_DECIBEL, "input"),
                        Query.median(JobMetric.SDR_OUTPUT, MILLIBELS_PER_DECIBEL, "output")),
                Panel.of(
                        "Models",
                        Unit.COUNT,
                        "Number of subtasks that use each model. During a model change, two versions are in use.",
                        Query.sumByLabel(JobMetric.MODEL_IN_USE)),
                Panel.of(
                        "Model changes",
                        Unit.PER_SECOND,
                        "Changes of a stream to a different model, and announced models that were refused. Every"
                                + " subtask counts each refused model.",
                        Query.rate(JobMetric.MODEL_CHANGES, "changes"),
                        Query.rate(JobMetric.MODELS_REFUSED, "refused")));
    }

    private static List<Panel> latency() {
        return List.of(
                Panel.of(
                        "Delay before enhancement",
                        Unit.MILLISECONDS,
                        "Time from the Kafka timestamp of a frame to its processing, in the slowest subtask. The clocks"
                                + " of Kafka and of the TaskManagers must agree.",
                        Query.quantile(JobMetric.FRAME_WAIT, "0.5", 1, "p50"),
                        Query.quantile(JobMetric.FRAME_WAIT, "0.95", 1, "p95"),
                        Query.quantile(JobMetric.FRAME_WAIT, "0.99", 1, "p99")),
                Panel.of(
                        "Batch latency",
                        Unit.MICROSECONDS,
                        "Time from the arrival of the first hop in a batch to the completion of the batch, in the"
                                + " slowest subtask.",
                        Query.quantile(JobMetric.BATCH_MICROS, "0.5", 1, "p50"),
                        Query.quantile(JobMetric.BATCH_MICROS, "0.99", 1, "p99")),
                Panel.of(
                        "Consumer lag",
                        Unit.COUNT,
                        "Number of records of the raw topic that the job has not read yet.",
                        Query.sum(FlinkMetric.RECORDS_PENDING, "pending"),
                        Query.max(FlinkMetric.RECORDS_LAG_MAX, "maximum of a partition")));
    }

    private static List<Panel> load() {
        return List.of(
                Panel.of(
                        "Kernel load",
                        Unit.SHARE,
                        "Share of a core that each subtask uses for kernel, mask and synthesis. Increase the"
                                + " parallelism well before it reaches 70 %.",
                        Query.coreShare(JobMetric.KERNEL_NANOS)),
                Panel.of(
                        "Batch fill",
                        Unit.COUNT,
                        "Number of hops in a batch: small at low load, clearline.batch.width at high load.",
                        Query.ratio(JobMetric.HOPS, JobMetric.BATCHES, "mean"),
                        Query.quantile(JobMetric.BATCH_FILL, "0.99", 1, "p99")),
                Panel.of(
                        "Kernel in use",
                        Unit.COUNT,
                        "Number of subtasks that use each kernel. The scalar kernel is several times slower. To enable"
                                + " the vector kernel, set the JVM option --add-modules=jdk.incubator.vector.",
                        Query.sumByLabel(JobMetric.KERNEL)));
    }

    private static List<Panel> errors() {
        return List.of(
                Panel.of(
                        "Dead letters",
                        Unit.PER_SECOND,
                        "Records written to the dead-letter topic, by reason. Each dead letter describes the error.",
                        Query.rateByLabel(JobMetric.FRAMES_DEAD_BY_REASON)),
                Panel.of(
                        "Irregular streams",
                        Unit.PER_SECOND,
                        "Gaps, duplicates, late frames, resets and partition changes of streams, and partitions of"
                                + " topics that were deleted and created again.",
                        Query.rate(JobMetric.GAPS, "gaps"),
                        Query.rate(JobMetric.DUPLICATES, "duplicates"),
                        Query.rate(JobMetric.LATE, "late frames"),
                        Query.rate(JobMetric.RESETS, "resets"),
                        Query.rate(JobMetric.PARTITION_CHANGES, "partition changes"),
                        Query.rate(JobMetric.PARTITIONS_REPLACED, "partitions replaced")),
                Panel.of(
                        "Dropped records",
                        Unit.PER_SECOND,
                        "Frames dropped because their delay exceeded clearline.overload.max-age, and records that"
                                + " exceed the producer's max.request.size. Both are 0 in a healthy job. Tombstones are"
                                + " ignored.",
                        Query.rate(JobMetric.FRAMES_DROPPED, "frames dropped"),
                        Query.rate(JobMetric.RECORDS_TOO_LARGE, "records too large"),
                        Query.rate(JobMetric.TOMBSTONES, "tombstones")));
    }

    private static List<Panel> flink() {
        return List.of(
                Panel.of(
                        "Checkpoints",
                        Unit.COUNT,
                        "Number of completed checkpoints, failed checkpoints and restarts since the job was submitted.",
                        Query.max(FlinkMetric.CHECKPOINTS_COMPLETED, "completed"),
                        Query.max(FlinkMetric.CHECKPOINTS_FAILED, "failed"),
                        Query.max(FlinkMetric.RESTARTS, "restarts")),
                Panel.of(
                        "Checkpoint duration",
                        Unit.MILLISECONDS,
                        "Duration of the latest checkpoint.",
                        Query.max(FlinkMetric.CHECKPOINT_DURATION, "duration")),
                Panel.of(
                        "Checkpoint size and heap",
                        Unit.BYTES,
                        "Size of the latest checkpoint, and heap memory that each TaskManager uses.",
                        Query.max(FlinkMetric.CHECKPOINT_SIZE, "checkpoint"),
                        Query.ofProcess(FlinkMetric.HEAP_USED)),
                Panel.of(
                        "Busy tasks",
                        Unit.SHARE,
                        "Share of time that each task is busy, in its busiest subtask.",
                        Query.maxByTask(FlinkMetric.BUSY, MILLIS_PER_SECOND)),
                Panel.of(
                        "Backpressure",
                        Unit.SHARE,
                        "Share of time that each task is back-pressured by the tasks downstream, in its slowest"
                                + " subtask.",
                        Query.maxByTask(FlinkMetric.BACK_PRESSURED, MILLIS_PER_SECOND)));
    }
}

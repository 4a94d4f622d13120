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

/** What the dashboard shows, from what a listener hears down to what the machines do. Stateless. */
public final class ClearlineDashboard {
    private static final double MILLIBELS_PER_DECIBEL = 100;
    private static final double MILLIS_PER_SECOND = 1000;

    /**
     * Panels that belong together.
     *
     * @param title what they have in common
     * @param panels from left to right
     */
    public record Row(String title, List<Panel> panels) {}

    private ClearlineDashboard() {}

    /** The rows from top to bottom. */
    public static List<Row> rows() {
        return List.of(
                new Row("Streams", streams()),
                new Row("Sound", sound()),
                new Row("Time", time()),
                new Row("Work", work()),
                new Row("Trouble", trouble()),
                new Row("Flink", flink()));
    }

    /** Every panel. */
    public static Stream<Panel> panels() {
        return rows().stream().flatMap(row -> row.panels().stream());
    }

    private static List<Panel> streams() {
        return List.of(
                Panel.of(
                        "Streams",
                        Unit.COUNT,
                        "Streams that are open, and those that pass dry because of overload.",
                        Query.sum(JobMetric.STREAMS_OPEN, "open"),
                        Query.sum(JobMetric.STREAMS_BYPASSED, "bypassed")),
                Panel.of(
                        "Frames",
                        Unit.PER_SECOND,
                        "Frames read and written. Without gaps both are the same.",
                        Query.rate(JobMetric.FRAMES_IN, "read"),
                        Query.rate(JobMetric.FRAMES_OUT, "written")),
                Panel.of(
                        "Share of frames",
                        Unit.SHARE,
                        "Frames that passed dry, and frames that replace lost ones, of all that were written.",
                        Query.rest(JobMetric.FRAMES_OUT, JobMetric.FRAMES_BYPASSED, "enhanced"),
                        Query.share(JobMetric.FRAMES_BYPASSED, JobMetric.FRAMES_OUT, "dry"),
                        Query.share(JobMetric.FRAMES_CONCEALED, JobMetric.FRAMES_OUT, "concealed")));
    }

    private static List<Panel> sound() {
        return List.of(
                Panel.of(
                        "Estimated SDR",
                        Unit.DECIBELS,
                        "Median over the newest estimates of all streams: how noisy they come, and how they leave.",
                        Query.median(JobMetric.SDR_INPUT, MILLIBELS_PER_DECIBEL, "input"),
                        Query.median(JobMetric.SDR_OUTPUT, MILLIBELS_PER_DECIBEL, "output")),
                Panel.of(
                        "Models",
                        Unit.COUNT,
                        "Subtasks that have a model in use. During a takeover two versions of a model are.",
                        Query.sumByLabel(JobMetric.MODEL_IN_USE)),
                Panel.of(
                        "Model changes",
                        Unit.PER_SECOND,
                        "Streams that went on under another model, and announcements that were refused (once a subtask).",
                        Query.rate(JobMetric.MODEL_CHANGES, "streams changed over"),
                        Query.rate(JobMetric.MODELS_REFUSED, "refused")));
    }

    private static List<Panel> time() {
        return List.of(
                Panel.of(
                        "Wait before enhancement",
                        Unit.MILLISECONDS,
                        "From Kafka's timestamp of a frame to its turn; the worst subtask. Kafka's clock and the"
                                + " TaskManagers' must agree.",
                        Query.quantile(JobMetric.FRAME_WAIT, "0.5", 1, "p50"),
                        Query.quantile(JobMetric.FRAME_WAIT, "0.95", 1, "p95"),
                        Query.quantile(JobMetric.FRAME_WAIT, "0.99", 1, "p99")),
                Panel.of(
                        "Time in a batch",
                        Unit.MICROSECONDS,
                        "From the first hop's arrival in a batch to the end of its run; the worst subtask.",
                        Query.quantile(JobMetric.BATCH_MICROS, "0.5", 1, "p50"),
                        Query.quantile(JobMetric.BATCH_MICROS, "0.99", 1, "p99")),
                Panel.of(
                        "Lag",
                        Unit.COUNT,
                        "Records of the raw topic that the job has not read yet.",
                        Query.sum(FlinkMetric.RECORDS_PENDING, "pending"),
                        Query.max(FlinkMetric.RECORDS_LAG_MAX, "largest of a partition")));
    }

    private static List<Panel> work() {
        return List.of(
                Panel.of(
                        "Kernel",
                        Unit.SHARE,
                        "Share of a core that kernel, mask and synthesis take, by subtask. Add subtasks well before 70 %.",
                        Query.coreShare(JobMetric.KERNEL_NANOS)),
                Panel.of(
                        "Batch fill",
                        Unit.COUNT,
                        "Hops in a batch. Few at low load, clearline.batch.width at high load.",
                        Query.ratio(JobMetric.HOPS, JobMetric.BATCHES, "mean"),
                        Query.quantile(JobMetric.BATCH_FILL, "0.99", 1, "p99")),
                Panel.of(
                        "Kernel in use",
                        Unit.COUNT,
                        "Subtasks by kernel. Scalar is several times slower: set --add-modules jdk.incubator.vector.",
                        Query.sumByLabel(JobMetric.KERNEL)));
    }

    private static List<Panel> trouble() {
        return List.of(
                Panel.of(
                        "Dead letters",
                        Unit.PER_SECOND,
                        "Records that were refused, by reason. What was wrong with each is on the topic of dead letters.",
                        Query.rateByLabel(JobMetric.FRAMES_DEAD_BY_REASON)),
                Panel.of(
                        "Disorder",
                        Unit.PER_SECOND,
                        "What senders and networks did to streams, and topics that were deleted and made again.",
                        Query.rate(JobMetric.GAPS, "gaps"),
                        Query.rate(JobMetric.DUPLICATES, "duplicates"),
                        Query.rate(JobMetric.LATE, "late frames"),
                        Query.rate(JobMetric.RESETS, "resets"),
                        Query.rate(JobMetric.PARTITION_CHANGES, "partition changes"),
                        Query.rate(JobMetric.PARTITIONS_REPLACED, "partitions made again")),
                Panel.of(
                        "Lost",
                        Unit.PER_SECOND,
                        "Frames dropped as too old (clearline.overload.max-age), and records that Kafka would not take."
                                + " Both are 0 in a healthy job.",
                        Query.rate(JobMetric.FRAMES_DROPPED, "frames dropped"),
                        Query.rate(JobMetric.RECORDS_TOO_LARGE, "records too large"),
                        Query.rate(JobMetric.TOMBSTONES, "records without value")));
    }

    private static List<Panel> flink() {
        return List.of(
                Panel.of(
                        "Checkpoints",
                        Unit.COUNT,
                        "Complete and failed ones since the job began, and how often the job started again.",
                        Query.max(FlinkMetric.CHECKPOINTS_COMPLETED, "complete"),
                        Query.max(FlinkMetric.CHECKPOINTS_FAILED, "failed"),
                        Query.max(FlinkMetric.RESTARTS, "restarts of the job")),
                Panel.of(
                        "Checkpoint duration",
                        Unit.MILLISECONDS,
                        "Of the newest checkpoint.",
                        Query.max(FlinkMetric.CHECKPOINT_DURATION, "duration")),
                Panel.of(
                        "Checkpoint size",
                        Unit.BYTES,
                        "Of the newest checkpoint, and the heap that its job lives in.",
                        Query.max(FlinkMetric.CHECKPOINT_SIZE, "checkpoint"),
                        Query.ofProcess(FlinkMetric.HEAP_USED)),
                Panel.of(
                        "Busy tasks",
                        Unit.SHARE,
                        "Share of its time that a task works; the busiest subtask.",
                        Query.maxByTask(FlinkMetric.BUSY, MILLIS_PER_SECOND)),
                Panel.of(
                        "Back pressure",
                        Unit.SHARE,
                        "Share of its time that a task waits for the one behind it.",
                        Query.maxByTask(FlinkMetric.BACK_PRESSURED, MILLIS_PER_SECOND)));
    }
}

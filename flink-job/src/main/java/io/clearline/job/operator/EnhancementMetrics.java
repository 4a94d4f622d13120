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
package io.clearline.job.operator;

import io.clearline.job.stream.ModelSet;
import io.clearline.schemas.StreamEventKind;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What the operator tells Flink's metrics. Updated on the task's thread; allocates nothing per update. */
final class EnhancementMetrics implements ModelSet.RunListener {
    private static final int HISTOGRAM_WINDOW = 1024;

    final Counter framesIn;
    final Counter framesOut;
    final Counter concealed;
    final Counter bypassed;
    /** Frames too old to be of use. */
    final Counter dropped;

    final Counter gaps;
    final Counter duplicates;
    final Counter late;
    final Counter resets;
    /** Streams whose frames came from another partition, each time they did. */
    final Counter partitionChanges;
    /** Streams that went on under another model, each time they did. */
    final Counter modelChanges;

    final Counter modelsRefused;
    /** Runs of a batch. */
    final Counter batches;
    /** Hops that ran in them. */
    final Counter hops;
    /** Processor time of kernel, mask and synthesis in nanoseconds, summed over the batches. */
    final Counter kernelNanos;
    /** Hops of each batch that ran. */
    final Histogram batchFill;
    /** Microseconds from a hop's arrival in an empty batch to the end of the batch's run. */
    final Histogram batchMicros;

    /** Streams that are open on this subtask. */
    int openStreams;

    /** Age of the last frame when its turn came, by Kafka's time of it. */
    long frameAgeMillis;

    private String modelVersions = "";

    EnhancementMetrics(MetricGroup group, IntSupplier bypassedStreams) {
        framesIn = group.counter("framesEnhancing");
        framesOut = group.counter("framesOut");
        concealed = group.counter("framesConcealed");
        bypassed = group.counter("framesBypassed");
        dropped = group.counter("framesDropped");
        gaps = group.counter("gaps");
        duplicates = group.counter("duplicates");
        late = group.counter("late");
        resets = group.counter("resets");
        partitionChanges = group.counter("partitionChanges");
        modelChanges = group.counter("modelChanges");
        modelsRefused = group.counter("modelsRefused");
        batches = group.counter("batches");
        hops = group.counter("hops");
        kernelNanos = group.counter("kernelNanos");
        batchFill = group.histogram("batchFill", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        batchMicros = group.histogram("batchMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        group.gauge("streamsOpen", () -> openStreams);
        group.gauge("streamsBypassed", bypassedStreams::getAsInt);
        group.gauge("frameAgeMillis", () -> frameAgeMillis);
        group.gauge("models", () -> modelVersions);
    }

    @Override
    public void ran(int hopsOfBatch, long nanos, long waitedNanos) {
        batches.inc();
        hops.inc(hopsOfBatch);
        kernelNanos.inc(nanos);
        batchFill.update(hopsOfBatch);
        batchMicros.update(waitedNanos / 1000);
    }

    void count(StreamEventKind kind) {
        switch (kind) {
            case OPENED -> openStreams++;
            case CLOSED -> openStreams--;
            case GAP -> gaps.inc();
            case DUPLICATE -> duplicates.inc();
            case LATE -> late.inc();
            case RESET -> resets.inc();
            case PARTITION_CHANGED -> partitionChanges.inc();
            case MODEL_CHANGED -> modelChanges.inc();
            case MODEL_REFUSED, OVERLOADED, RECOVERED -> {}
        }
    }

    void setModels(String versions) {
        modelVersions = versions;
    }
}

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

import io.clearline.inference.model.ModelId;
import io.clearline.job.JobMetric;
import io.clearline.job.stream.ModelSet;
import io.clearline.schemas.StreamEventKind;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What the operator tells Flink's metrics. Updated on the task's thread; allocates nothing per update. */
final class EnhancementMetrics implements ModelSet.RunListener {
    private static final int MILLIBELS_PER_DECIBEL = 100;

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

    private final MetricGroup group;
    private final Histogram frameWaitMillis;
    private final Histogram sdrInputMillibels;
    private final Histogram sdrOutputMillibels;
    private final Set<String> modelsSeen = new HashSet<>();
    /** As name@version; read by whoever reads the gauges. */
    private volatile Set<String> modelsInUse = Set.of();

    private volatile String modelNames = "";

    EnhancementMetrics(MetricGroup group, IntSupplier bypassedStreams) {
        this.group = group;
        framesIn = JobMetric.FRAMES_ENHANCING.counter(group);
        framesOut = JobMetric.FRAMES_OUT.counter(group);
        concealed = JobMetric.FRAMES_CONCEALED.counter(group);
        bypassed = JobMetric.FRAMES_BYPASSED.counter(group);
        dropped = JobMetric.FRAMES_DROPPED.counter(group);
        gaps = JobMetric.GAPS.counter(group);
        duplicates = JobMetric.DUPLICATES.counter(group);
        late = JobMetric.LATE.counter(group);
        resets = JobMetric.RESETS.counter(group);
        partitionChanges = JobMetric.PARTITION_CHANGES.counter(group);
        modelChanges = JobMetric.MODEL_CHANGES.counter(group);
        modelsRefused = JobMetric.MODELS_REFUSED.counter(group);
        batches = JobMetric.BATCHES.counter(group);
        hops = JobMetric.HOPS.counter(group);
        kernelNanos = JobMetric.KERNEL_NANOS.counter(group);
        batchFill = JobMetric.BATCH_FILL.histogram(group);
        batchMicros = JobMetric.BATCH_MICROS.histogram(group);
        frameWaitMillis = JobMetric.FRAME_WAIT.histogram(group);
        sdrInputMillibels = JobMetric.SDR_INPUT.histogram(group);
        sdrOutputMillibels = JobMetric.SDR_OUTPUT.histogram(group);
        JobMetric.STREAMS_OPEN.gauge(group, () -> openStreams);
        JobMetric.STREAMS_BYPASSED.gauge(group, bypassedStreams::getAsInt);
        JobMetric.FRAME_AGE.gauge(group, () -> frameAgeMillis);
        JobMetric.MODELS.gauge(group, () -> modelNames);
    }

    /** A frame's turn came, so long after Kafka's time of it. */
    void frameWaited(long millis) {
        frameAgeMillis = millis;
        frameWaitMillis.update(millis);
    }

    /** A stream's SDR was estimated. */
    void estimated(double inputSdrDb, double outputSdrDb) {
        sdrInputMillibels.update(Math.round(inputSdrDb * MILLIBELS_PER_DECIBEL));
        sdrOutputMillibels.update(Math.round(outputSdrDb * MILLIBELS_PER_DECIBEL));
    }

    @Override
    public void ran(int hopsOfBatch, long nanos, long kernelOnlyNanos, long waitedNanos) {
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

    /** The kernel that computes, from the start to the end of the task. */
    void setKernel(String name) {
        JobMetric.KERNEL.gauge(group, name, () -> 1);
    }

    /** The models in use from now on. A model that was in use keeps its gauge: Flink can't take one away. */
    void setModels(ModelSet models) {
        modelNames = models.describe();
        Set<String> inUse = models.ids().stream().map(ModelId::toString).collect(Collectors.toSet());
        for (String model : inUse) {
            if (modelsSeen.add(model)) {
                JobMetric.MODEL_IN_USE.gauge(group, model, () -> modelsInUse.contains(model) ? 1 : 0);
            }
        }
        modelsInUse = inUse;
    }
}

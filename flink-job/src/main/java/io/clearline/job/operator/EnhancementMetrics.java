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

/**
 * The metrics of the operator. Updated on the task's thread without allocation, and read by reporters on other threads.
 */
final class EnhancementMetrics implements ModelSet.RunListener {
    private static final int MILLIBELS_PER_DECIBEL = 100;

    final Counter framesIn;
    final Counter framesOut;
    final Counter concealed;
    final Counter bypassed;
    /** Frames that were too old to be of use. */
    final Counter dropped;

    final Counter gaps;
    final Counter duplicates;
    final Counter late;
    final Counter resets;
    /** Changes of a stream's partition. */
    final Counter partitionChanges;
    /** Changes of a stream's model. */
    final Counter modelChanges;

    final Counter modelsRefused;
    /** Batches that ran. */
    final Counter batches;
    /** Hops in these batches. */
    final Counter hops;
    /** Processor time of kernel, mask and synthesis, in nanoseconds. */
    final Counter kernelNanos;
    /** Number of hops in a batch. */
    final Histogram batchFill;
    /** Time from the arrival of a hop in an empty batch to the end of its run, in microseconds. */
    final Histogram batchMicros;

    /** Number of open streams of this subtask. */
    int openStreams;

    /** Age of the last frame when it was processed, relative to its timestamp in Kafka. */
    long frameAgeMillis;

    private final MetricGroup group;
    private final Histogram frameWaitMillis;
    private final Histogram sdrInputMillibels;
    private final Histogram sdrOutputMillibels;
    /** Models that have a gauge, as name@version. */
    private final Set<String> modelsSeen = new HashSet<>();
    /** Models in use, as name@version. Volatile, because reporters read it on other threads. */
    private volatile Set<String> modelsInUse = Set.of();

    /** The models in use as text for people. */
    private volatile String modelNames = "";

    /**
     * Registers the metrics.
     *
     * @param bypassedStreams returns the number of streams that are bypassed
     */
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

    /**
     * Records the age of a frame that is being processed.
     *
     * @param millis time since its timestamp in Kafka
     */
    void frameWaited(long millis) {
        frameAgeMillis = millis;
        frameWaitMillis.update(millis);
    }

    /** Records an SDR estimate. */
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

    /** Counts an event of a stream. */
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

    /** Registers the kernel in use. Must be called once. */
    void setKernel(String name) {
        JobMetric.KERNEL.gauge(group, name, () -> 1);
    }

    /**
     * Sets the models in use. The gauge of a model that is not in use any more remains with value 0, because Flink
     * can't remove it.
     */
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

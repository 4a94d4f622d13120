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

import io.clearline.dsp.HotPath;
import io.clearline.job.overload.LoadShedder;
import io.clearline.job.overload.Treatment;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamState;
import io.clearline.schemas.frame.StreamFrame;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes the frames of streams, and enhances, bypasses or drops them, depending on the load. Confined to the task's
 * thread.
 */
final class FrameIntake implements ModelSet.RunListener {
    private final StreamProcessor processor;
    private final LoadShedder shedder;
    private final RecordEncoder encoder;
    private final EnhancementMetrics meters;
    private final StreamPartitions partitions = new StreamPartitions();

    FrameIntake(StreamProcessor processor, LoadShedder shedder, RecordEncoder encoder, EnhancementMetrics meters) {
        this.processor = processor;
        this.shedder = shedder;
        this.encoder = encoder;
        this.meters = meters;
    }

    /**
     * Decides how a frame is treated, and passes it to its stream.
     *
     * @param stream state of the frame's stream
     * @param element the frame, with the timestamp of its record in Kafka
     * @param nowMillis wall-clock time
     */
    @HotPath
    void accept(StreamState stream, StreamRecord<StreamFrame> element, long nowMillis) {
        StreamFrame frame = element.getValue();
        long ageMillis = ageMillis(element, nowMillis);
        meters.framesIn.inc();
        meters.frameWaited(Math.max(0, ageMillis));
        Treatment treatment = shedder.next(frame.streamId, stream.isOpen(), stream.isBypassed(), ageMillis, nowMillis);
        if (treatment == Treatment.DROPPED) {
            meters.dropped.inc();
            processor.close(stream, "frames are too old to be of use; dropped until the job has caught up");
            return;
        }
        stream.setBypassed(treatment.isBypassed());
        int earlierPartition = partitions.update(frame.streamId, frame.partition);
        if (earlierPartition != StreamPartitions.UNCHANGED) {
            encoder.partitionChanged(stream.session(), frame, earlierPartition);
        }
        processor.accept(stream, frame);
        if (!stream.isOpen()) {
            remove(frame.streamId);
        } else if (treatment.isChanged()) {
            encoder.treatmentChanged(stream.session(), frame, treatment, meters.frameAgeMillis);
        }
    }

    /** Returns the age of a frame. A record without a timestamp has the timestamp -1. */
    @HotPath
    private static long ageMillis(StreamRecord<StreamFrame> element, long nowMillis) {
        boolean known = element.hasTimestamp() && element.getTimestamp() >= 0;
        return known ? nowMillis - element.getTimestamp() : LoadShedder.UNKNOWN_AGE;
    }

    @Override
    public void ran(int hops, long nanos, long kernelNanos, long waitedNanos) {
        meters.ran(hops, nanos, kernelNanos, waitedNanos);
        shedder.addKernelTime(kernelNanos);
    }

    /** Returns the load shedder. */
    LoadShedder shedder() {
        return shedder;
    }

    /** Closes a stream, and forgets its place and its partition. */
    void close(StreamState stream, String reason) {
        processor.close(stream, reason);
        remove(stream.streamId());
    }

    private void remove(String streamId) {
        shedder.remove(streamId);
        partitions.remove(streamId);
    }

    /** Prepares the removal of a stream's state. Frames that still wait are emitted first. */
    void forget(StreamState stream) {
        close(stream, "idle");
    }
}

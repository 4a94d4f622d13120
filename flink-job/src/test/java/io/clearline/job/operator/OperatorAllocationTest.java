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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.OutputRecordSerializer;
import io.clearline.job.stream.Frames;
import io.clearline.kafka.Topics;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the allocation of the operator in a harness, including state, timers and encoding. Encoded records reuse
 * their arrays, so a frame allocates no record.
 */
@Tag("jdk")
class OperatorAllocationTest {
    private static final int STREAMS = 8;
    /** Exactly 25 hops, so that the numbers of input and output frames agree. Three of five rounds have no estimate. */
    private static final int FRAMES_OF_A_STREAM = 20;

    private static final int ROUNDS = 40;

    /** Limit per frame, without the records that the harness keeps. Measured: 72 bytes, by Flink and the operator. */
    private static final int OTHER_BYTES = 96;

    private final List<StreamRecord<StreamFrame>> elements = new ArrayList<>();

    @Test
    void aFrameAllocatesNoRecord() throws Exception {
        for (int i = 0; i < STREAMS; i++) {
            elements.add(
                    new StreamRecord<>(Frames.noise("s" + i, 16_000, 0.1, i).get(0), 0));
        }
        try (OperatorHarness operator = OperatorHarness.open(TestModels.bandModel(new StftSpec(512, 256)))) {
            send(operator, 3_000);
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                // Estimates and the compiler allocate in some rounds only. The minimum is what the frames allocate.
                bytes = Math.min(bytes, Allocation.bytesAllocatedBy(1, () -> send(operator, FRAMES_OF_A_STREAM)));
            }
            long kept = bytesOfKeeping(frames(operator)) * FRAMES_OF_A_STREAM * STREAMS;
            System.out.printf(
                    "%,d bytes in %d frames, %,d of them the harness's%n", bytes, FRAMES_OF_A_STREAM * STREAMS, kept);
            assertThat(bytes).isLessThanOrEqualTo(kept + (long) OTHER_BYTES * FRAMES_OF_A_STREAM * STREAMS);
        }
    }

    /** Sends frames without allocating, hence without iterators. */
    private void send(OperatorHarness operator, int framesOfAStream) {
        for (int n = 0; n < framesOfAStream; n++) {
            for (int i = 0; i < STREAMS; i++) {
                StreamRecord<StreamFrame> element = elements.get(i);
                operator.sendQuietly(element);
                element.getValue().sequence++;
                element.getValue().captureTimeMicros += 20_000;
            }
            operator.clearOutput();
        }
    }

    /** Returns some encoded frames of the operator. */
    private List<OutputRecord> frames(OperatorHarness operator) {
        while (operator.extractOutputValues().size() < STREAMS) {
            elements.forEach(operator::sendQuietly);
        }
        return operator.extractOutputValues().stream()
                .filter(record -> record.topic.equals(Topics.DEFAULT.enhancedFrames()))
                .toList();
    }

    /** Returns the average allocation of the harness per record: a copy and an element of a queue. */
    private static long bytesOfKeeping(List<OutputRecord> records) {
        Queue<Object> queue = new ConcurrentLinkedQueue<>();
        long bytes = Allocation.bytesAllocatedBy(1, () -> {
            for (int i = 0; i < records.size(); i++) {
                queue.add(new StreamRecord<>(OutputRecordSerializer.INSTANCE.copy(records.get(i))));
            }
        });
        return bytes / records.size();
    }
}

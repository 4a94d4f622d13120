package io.clearline.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.job.stream.Frames;
import io.clearline.job.stream.StreamFrame;
import io.clearline.testkit.Allocation;
import io.clearline.unfolding.TestModels;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** The operator with state, timers and encoding, in a harness: what it allocates is the record that Kafka gets, and no more. */
class OperatorAllocationTest {
    private static final int STREAMS = 8;
    /** 640 bytes of samples and what stands about them in an array of its own, and what the harness adds when it keeps a copy. */
    private static final int RECORD_BYTES = 768 + 128;

    /** What the JVM does beside, now and then, shared out over the frames. */
    private static final int SLACK_BYTES = 32;

    @Test
    void aFrameAllocatesTheRecordThatKafkaGetsAndNoMore() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(TestModels.bandModel(new StftSpec(512, 256)))) {
            List<StreamRecord<StreamFrame>> frames = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                frames.add(
                        new StreamRecord<>(Frames.noise("s" + i, 16_000, 0.1, i).get(0), 0));
            }
            round(operator, frames, 3_000);
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                bytes = Math.min(bytes, Allocation.bytesAllocatedBy(1, () -> round(operator, frames, 100)));
            }
            System.out.printf("the operator %,d bytes a frame%n", bytes / (100 * STREAMS));
            assertThat(bytes / (100 * STREAMS)).isLessThanOrEqualTo(RECORD_BYTES + SLACK_BYTES);
        }
    }

    private static void round(OperatorHarness operator, List<StreamRecord<StreamFrame>> frames, int rounds) {
        for (int n = 0; n < rounds; n++) {
            for (StreamRecord<StreamFrame> element : frames) {
                operator.sendQuietly(element);
                element.getValue().sequence++;
                element.getValue().captureTimeMicros += 20_000;
            }
            operator.clearOutput();
        }
    }
}

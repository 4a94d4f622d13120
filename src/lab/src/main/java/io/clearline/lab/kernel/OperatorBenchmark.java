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
package io.clearline.lab.kernel;

import io.clearline.inference.kernel.KernelChoice;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.operator.BatchRules;
import io.clearline.job.operator.EnhancementOperatorFactory;
import io.clearline.job.operator.EnhancementPlan;
import io.clearline.job.operator.ModelUpdate;
import io.clearline.job.operator.PlannedModels;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.OutputRecordSerializer;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.lab.pipeline.BenchModels;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of the enhancement operator for one frame, with Flink's state but without a cluster. One frame of each of 32
 * streams makes a full batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OperatorBenchmark {
    private static final int STREAMS = 32;
    private static final int FRAME_SAMPLES = 320;
    private static final long FRAME_MICROS = 20_000;
    private static final int MAX_PARALLELISM = 128;

    /** The model; {@code paper} has the Kullback-Leibler divergence, 9 context frames, 200 atoms and 25 layers. */
    @Param(BenchModels.PAPER)
    public String model;

    @Param("VECTOR")
    public KernelChoice kernel;

    private Harness harness;
    private final StreamFrame frame = new StreamFrame();
    private final StreamRecord<StreamFrame> element = new StreamRecord<>(frame);
    private long sequence;

    private static final class Harness extends AbstractStreamOperatorTestHarness<OutputRecord> {
        private static final KeySelector<StreamFrame, String> BY_STREAM = frame -> frame.streamId;

        private Harness(EnhancementPlan plan) throws Exception {
            super(new EnhancementOperatorFactory(plan), MAX_PARALLELISM, 1, 0);
            config.setStatePartitioner(0, BY_STREAM);
            config.setStateKeySerializer(StringSerializer.INSTANCE);
            config.serializeAllConfigs();
            setup(OutputRecordSerializer.INSTANCE);
        }

        @SuppressWarnings("unchecked") // The harness only declares the type of the output.
        private TwoInputStreamOperator<StreamFrame, ModelUpdate, OutputRecord> enhancement() {
            return (TwoInputStreamOperator<StreamFrame, ModelUpdate, OutputRecord>) operator;
        }
    }

    @Setup
    public void prepare() throws Exception {
        harness = new Harness(new EnhancementPlan(
                DeliveryMode.REPLAY,
                Topics.DEFAULT,
                new PlannedModels(List.of(shipped(model)), List.of(), null),
                new BatchRules(kernel, STREAMS, 0),
                StreamRules.DEFAULT,
                TimeUnit.HOURS.toMillis(1),
                OverloadRules.NONE));
        harness.initializeEmptyState();
        harness.open();
        frame.sampleRateHz = 16_000;
        frame.encoding = AudioEncoding.PCM_S16LE;
        frame.reservePayload(2 * FRAME_SAMPLES);
        for (int i = 0; i < frame.payloadLength; i++) {
            frame.payload[i] = (byte) (i * 31 % 64);
        }
    }

    private static ModelFiles shipped(String name) throws Exception {
        if (!name.equals(BenchModels.PAPER)) {
            throw new IllegalArgumentException("Expected the model " + BenchModels.PAPER + ", found " + name + ".");
        }
        return BenchModels.paper();
    }

    @Benchmark
    @OperationsPerInvocation(STREAMS)
    public int frames(PeakRatio ratio) throws Exception {
        for (int stream = 0; stream < STREAMS; stream++) {
            frame.streamId = IDS[stream];
            frame.sequence = sequence;
            frame.captureTimeMicros = sequence * FRAME_MICROS;
            harness.enhancement().setKeyContextElement1(element);
            harness.enhancement().processElement1(element);
        }
        sequence++;
        int records = harness.getOutput().size();
        harness.getOutput().clear();
        ratio.recordCall(0);
        return records;
    }

    private static final String[] IDS = ids();

    private static String[] ids() {
        String[] ids = new String[STREAMS];
        for (int i = 0; i < STREAMS; i++) {
            ids[i] = "stream-" + i;
        }
        return ids;
    }

    @TearDown
    public void close() throws Exception {
        harness.close();
    }
}

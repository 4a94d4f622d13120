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

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of the wire codec for one frame of 20 ms at 16 kHz and 16 bit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CodecBenchmark {
    private static final int PAYLOAD_BYTES = 640;

    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private AudioFrame frame;
    private AudioFrame reused;
    private byte[] encoded;

    @Setup
    public void prepare() {
        frame = AudioFrame.newBuilder()
                .setStreamId("stream-1")
                .setSequence(4711)
                .setCaptureTimeMicros(1_767_225_600_000_000L)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setChannels(1)
                .setPayload(ByteBuffer.allocate(PAYLOAD_BYTES))
                .setLastOfStream(false)
                .setAttributes(Map.of())
                .build();
        encoded = codec.encode(frame);
    }

    @Benchmark
    public byte[] encode(PeakRatio ratio) {
        ratio.recordCall(0);
        return codec.encode(frame);
    }

    @Benchmark
    public AudioFrame decode(PeakRatio ratio) throws WireFormatException {
        ratio.recordCall(0);
        reused = codec.decode(encoded, reused);
        return reused;
    }
}

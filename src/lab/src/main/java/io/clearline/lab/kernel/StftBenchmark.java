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

import io.clearline.dsp.Stft;
import io.clearline.dsp.StftSpec;
import io.clearline.dsp.StftState;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of analysis, synthesis and overlap-add for one hop of a stream, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StftBenchmark {

    @Param({"512", "400", "256"})
    public int windowSamples;

    private StftSpec spec;
    private Stft stft;
    private StftState stream;
    private float[] samples;
    private float[] spectrum;
    private float[] finished;

    @Setup
    public void prepare() {
        spec = new StftSpec(windowSamples, windowSamples / 2);
        stft = new Stft(spec);
        stream = new StftState(spec);
        samples = PaperNetwork.uniform(new SplittableRandom(3), spec.hopSamples());
        spectrum = new float[2 * spec.bins()];
        finished = new float[spec.hopSamples()];
    }

    @Benchmark
    public float[] hop(PeakRatio ratio) {
        stream.push(samples, 0, samples.length);
        stft.analyse(stream.window(), 0, spectrum, 0);
        stream.advance();
        stft.synthesiseInto(spectrum, 0, stream.overlap(), 0);
        stream.emit(finished, 0);
        ratio.recordCall(0);
        return finished;
    }
}

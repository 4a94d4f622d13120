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

import io.clearline.inference.kernel.ForwardPass;
import io.clearline.inference.kernel.KernelChoice;
import io.clearline.inference.network.DeepNmfParameters;
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

/** Time of one forward pass of a network like the paper's, by kernel, divergence, batch and shape. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

    @Param({"vector", "scalar"})
    public String kernel;

    @Param({"1", "2", "0.5"})
    public double beta;

    @Param({"1", "8", "16", "32"})
    public int batch;

    @Param("25")
    public int layers;

    @Param("200")
    public int atoms;

    @Param("9")
    public int contextFrames;

    private ForwardPass pass;
    private float[] input;
    private float[] masks;
    private double flops;

    @Setup
    public void prepare() {
        DeepNmfParameters network = PaperNetwork.of(beta, contextFrames, atoms, layers);
        pass = KernelChoice.of(kernel).kernel().prepare(network, batch);
        input = PaperNetwork.uniform(new SplittableRandom(2), network.inputRows() * batch);
        masks = new float[network.bins() * batch];
        flops = 2.0 * network.multiplyAddsPerHop() * batch;
    }

    @Benchmark
    public float[] forward(PeakRatio ratio) {
        pass.run(input, masks, batch);
        ratio.recordCall(flops);
        return masks;
    }
}

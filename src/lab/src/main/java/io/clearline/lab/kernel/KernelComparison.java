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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Compares the kernels and EJML on the paper's topology with the arithmetic peak of the core. Short windows of a kernel
 * and of pure arithmetic alternate, so that both see the same clock rate and the same other load. Faster than
 * {@link KernelBenchmark}, whose JMH runs provide confidence intervals. Immutable.
 */
public final class KernelComparison {

    private static final int[] BATCHES = {1, 8, 16, 32};

    private final int windows;
    private final long windowNanos;
    private final long warmUpNanos;

    private KernelComparison(int windows, long windowNanos, long warmUpNanos) {
        this.windows = windows;
        this.windowNanos = windowNanos;
        this.warmUpNanos = warmUpNanos;
    }

    /** Returns a comparison of about two minutes, for figures to publish. */
    public static KernelComparison thorough() {
        return new KernelComparison(51, 40_000_000, 2_000_000_000);
    }

    /** Returns a comparison of about ten seconds, which reveals gross regressions only. */
    public static KernelComparison quick() {
        return new KernelComparison(5, 10_000_000, 300_000_000);
    }

    /** Returns a comparison with one call for each row, for tests. */
    static KernelComparison minimal() {
        return new KernelComparison(1, 1, 1);
    }

    /**
     * Measures on the calling thread.
     *
     * @param rows receives each row as soon as it is measured
     * @throws IllegalStateException if the vector kernel cannot run; the message names the missing JVM option
     */
    public void run(Consumer<KernelMeasurement> rows) {
        KernelChoice.VECTOR.kernel();
        PeakArithmetic.warmUp();
        for (double beta : new double[] {1, 2}) {
            DeepNmfParameters network = PaperNetwork.of(beta);
            for (int batch : BATCHES) {
                for (String kernel : List.of("vector", "scalar", "ejml")) {
                    rows.accept(measure(kernel, network, batch));
                }
            }
        }
    }

    private KernelMeasurement measure(String kernel, DeepNmfParameters network, int batch) {
        Runnable body = body(kernel, network, batch);
        Samples samples = sample(body);
        double framesPerSecond = batch * samples.callsPerSecond();
        return new KernelMeasurement(
                kernel,
                network.beta() == 2 ? "euclidean" : "kl",
                network.atoms(),
                network.inputRows(),
                network.iterations(),
                batch,
                2e-9 * network.multiplyAddsPerHop() * framesPerSecond,
                samples.peakGflops(),
                framesPerSecond,
                samples.bytesPerCall(),
                System.getProperty("java.version"),
                PeakArithmetic.species());
    }

    private static Runnable body(String kernel, DeepNmfParameters network, int batch) {
        if (kernel.equals("ejml")) {
            return new EjmlNetwork(network, batch)::run;
        }
        ForwardPass pass = KernelChoice.of(kernel).kernel().prepare(network, batch);
        float[] input = PaperNetwork.uniform(new SplittableRandom(2), network.inputRows() * batch);
        float[] masks = new float[network.bins() * batch];
        return () -> pass.run(input, masks, batch);
    }

    /** Medians over the windows. */
    private record Samples(double callsPerSecond, double peakGflops, long bytesPerCall) {}

    private Samples sample(Runnable body) {
        long warmUpEnd = ThreadMeter.cpuNanos() + warmUpNanos;
        while (ThreadMeter.cpuNanos() < warmUpEnd) {
            body.run();
        }
        double[] rates = new double[windows];
        double[] peaks = new double[windows];
        double[] bytes = new double[windows];
        for (int i = 0; i < windows; i++) {
            peaks[i] = PeakArithmetic.gigaflops();
            long allocated = ThreadMeter.allocatedBytes();
            long start = ThreadMeter.cpuNanos();
            int calls = 0;
            long nanos;
            do {
                body.run();
                calls++;
                nanos = ThreadMeter.cpuNanos() - start;
            } while (nanos < windowNanos);
            rates[i] = calls * 1e9 / nanos;
            bytes[i] = (double) (ThreadMeter.allocatedBytes() - allocated) / calls;
        }
        return new Samples(median(rates), median(peaks), Math.round(median(bytes)));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

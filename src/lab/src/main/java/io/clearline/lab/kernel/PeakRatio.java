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

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The core's peak of fused multiply-adds beside a benchmark, measured before each of its iterations, so that figures of
 * different machines and hours can be compared. Time is the thread's processor time.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PeakRatio {
    private static final int PEAKS = 9;

    private double peak;
    private double flopsPerCall;
    private long calls;
    private long startNanos;
    private long nanos;

    @Setup(Level.Trial)
    public void warmUp() {
        PeakArithmetic.warmUp();
    }

    @Setup(Level.Iteration)
    public void begin() {
        double[] peaks = new double[PEAKS];
        Arrays.setAll(peaks, i -> PeakArithmetic.gigaflops());
        Arrays.sort(peaks);
        peak = peaks[PEAKS / 2];
        calls = 0;
        startNanos = ThreadMeter.cpuNanos();
    }

    @TearDown(Level.Iteration)
    public void end() {
        nanos = ThreadMeter.cpuNanos() - startNanos;
    }

    /** One call is done; it was worth so many floating-point operations, 0 where they aren't counted. */
    void called(double flops) {
        flopsPerCall = flops;
        calls++;
    }

    /** In GFLOP/s. */
    public double peakGflops() {
        return peak;
    }

    /** The benchmark's own operations against the peak, 0 to 1. */
    public double ofPeak() {
        return nanos == 0 ? 0 : calls * flopsPerCall / nanos / peak;
    }

    /** What the core could have computed at its peak in the time of one call, in thousands of operations. */
    public double kiloflopsAtPeak() {
        return calls == 0 ? 0 : peak * nanos / calls / 1000;
    }
}

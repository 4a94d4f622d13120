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
 * JMH counters that relate a benchmark to the arithmetic peak of the core. The peak is measured before each iteration,
 * so that figures of different machines and times can be compared. Time is the processor time of the thread.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PeakRatio {
    private static final int PEAK_WINDOWS = 9;

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
        double[] peaks = new double[PEAK_WINDOWS];
        Arrays.setAll(peaks, i -> PeakArithmetic.gigaflops());
        Arrays.sort(peaks);
        peak = peaks[PEAK_WINDOWS / 2];
        calls = 0;
        startNanos = ThreadMeter.cpuNanos();
    }

    @TearDown(Level.Iteration)
    public void end() {
        nanos = ThreadMeter.cpuNanos() - startNanos;
    }

    /** Records one call with its number of floating-point operations; 0 if they are not counted. */
    void recordCall(double flops) {
        flopsPerCall = flops;
        calls++;
    }

    /** Returns the peak in GFLOP/s. */
    public double peakGflops() {
        return peak;
    }

    /** Returns the benchmark's arithmetic rate as a share of the peak, 0 to 1. */
    public double ofPeak() {
        return nanos == 0 ? 0 : calls * flopsPerCall / nanos / peak;
    }

    /** Returns the operations that the core performs at its peak in the time of one call, in thousands. */
    public double kiloflopsAtPeak() {
        return calls == 0 ? 0 : peak * nanos / calls / 1000;
    }
}

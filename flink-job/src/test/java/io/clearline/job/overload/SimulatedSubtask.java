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
package io.clearline.job.overload;

import java.util.Arrays;

/**
 * Simulates a subtask with its own clock: streams with a frame every 20 ms at evenly spaced times, a queue, and a
 * processor with fixed times for an enhanced and for a bypassed frame.
 */
final class SimulatedSubtask {
    static final int FRAME_MILLIS = 20;
    /** Share of the time saved by bypassing that the kernel accounts for. */
    private static final double KERNEL_SHARE = 0.9;

    private final LoadShedder shedder;
    private final double enhancedMillis;
    private final double bypassedMillis;
    /** Number of the next frame of each stream. */
    private final long[] sent;

    private int streams;
    private int turn;
    private double nowMillis;

    /** Ages of the enhanced frames since the counts were last reset. */
    private double[] ages = new double[1024];

    private int enhanced;
    private int bypassed;
    private int dropped;
    private double lastAgeMillis;
    private int slowFrames;
    private double slowTimes;

    SimulatedSubtask(OverloadRules rules, int maxStreams, double enhancedMillis, double bypassedMillis) {
        shedder = new LoadShedder(rules);
        sent = new long[maxStreams];
        this.enhancedMillis = enhancedMillis;
        this.bypassedMillis = bypassedMillis;
    }

    /** Sets the number of streams that send from now on. */
    void streams(int count) {
        for (int i = streams; i < count; i++) {
            sent[i] = (long) (nowMillis / FRAME_MILLIS) + 1;
        }
        for (int i = count; i < streams; i++) {
            shedder.remove("s" + i);
        }
        streams = count;
    }

    /** Adds streams up to a number, whose frames since an earlier time are waiting. */
    void streamsSince(int count, double millis) {
        for (int i = streams; i < count; i++) {
            sent[i] = (long) (millis / FRAME_MILLIS);
        }
        streams = count;
    }

    /** Advances the time without taking frames. */
    void stall(double millis) {
        nowMillis += millis;
    }

    void run(double seconds) {
        double end = nowMillis + 1000 * seconds;
        while (nowMillis < end) {
            serve(oldest());
        }
    }

    /** Returns the stream with the oldest frame. Frames arrive in rounds, so it is the next one in turn. */
    private int oldest() {
        int oldest = turn % streams;
        turn = oldest + 1;
        return oldest;
    }

    private void serve(int stream) {
        double dueMillis = FRAME_MILLIS * (sent[stream]++ + (double) stream / streams);
        nowMillis = Math.max(nowMillis, dueMillis);
        lastAgeMillis = nowMillis - dueMillis;
        Treatment treatment = shedder.next("s" + stream, true, false, (long) lastAgeMillis, (long) nowMillis);
        if (treatment == Treatment.DROPPED) {
            dropped++;
            nowMillis += bypassedMillis / 10;
        } else if (treatment.isBypassed()) {
            bypassed++;
            nowMillis += bypassedMillis;
        } else {
            record(lastAgeMillis);
            double kernelMillis = KERNEL_SHARE * (enhancedMillis - bypassedMillis) * slowness();
            nowMillis += kernelMillis + (1 - KERNEL_SHARE) * enhancedMillis + KERNEL_SHARE * bypassedMillis;
            shedder.addKernelTime((long) (1e6 * kernelMillis));
        }
    }

    /** Makes the first frames take longer to enhance by a factor, like code that is not compiled yet. */
    void slowAtFirst(int frames, double times) {
        slowFrames = frames;
        slowTimes = times;
    }

    private double slowness() {
        return slowFrames-- > 0 ? slowTimes : 1;
    }

    private void record(double ageMillis) {
        if (enhanced == ages.length) {
            ages = Arrays.copyOf(ages, 2 * enhanced);
        }
        ages[enhanced++] = ageMillis;
    }

    int bypassedStreams() {
        return shedder.bypassedStreams();
    }

    int dropped() {
        return dropped;
    }

    double lastAgeMillis() {
        return lastAgeMillis;
    }

    /** Returns the share of frames that were enhanced since the counts were last reset. */
    double enhancedShare() {
        return (double) enhanced / (enhanced + bypassed);
    }

    /** Returns a percentile of the ages of the enhanced frames. */
    double agePercentile(double percent) {
        double[] sorted = Arrays.copyOf(ages, enhanced);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(enhanced - 1, enhanced * percent / 100)];
    }

    void forgetCounts() {
        enhanced = 0;
        bypassed = 0;
        dropped = 0;
    }
}

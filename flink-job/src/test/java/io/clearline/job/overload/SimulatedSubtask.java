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
 * One subtask on a clock of its own: streams with a frame each 20 ms that come evenly, a queue, and a processor that
 * takes so long for an enhanced frame and so long for a bypassed one.
 */
final class SimulatedSubtask {
    static final int FRAME_MILLIS = 20;
    /** What bypassing spares is the kernel's, most of it. */
    private static final double KERNEL_SHARE = 0.9;

    private final LoadShedder shedder;
    private final double enhancedMillis;
    private final double bypassedMillis;
    /** The next frame of each stream. */
    private final long[] sent;

    private int streams;
    private int turn;
    private double nowMillis;

    /** Ages of the enhanced frames since they were last asked for. */
    private double[] ages = new double[1024];

    private int enhanced;
    private int bypassed;
    private int dropped;
    private double lastAgeMillis;
    private int slowFrames;
    private double slowTimes;

    SimulatedSubtask(OverloadRules rules, int mostStreams, double enhancedMillis, double bypassedMillis) {
        shedder = new LoadShedder(rules);
        sent = new long[mostStreams];
        this.enhancedMillis = enhancedMillis;
        this.bypassedMillis = bypassedMillis;
    }

    /** From now on so many streams send. */
    void streams(int count) {
        for (int i = streams; i < count; i++) {
            sent[i] = (long) (nowMillis / FRAME_MILLIS) + 1;
        }
        for (int i = count; i < streams; i++) {
            shedder.remove("s" + i);
        }
        streams = count;
    }

    /** From now on so many streams send, and what they sent from a moment on waits. */
    void streamsSince(int count, double millis) {
        for (int i = streams; i < count; i++) {
            sent[i] = (long) (millis / FRAME_MILLIS);
        }
        streams = count;
    }

    /** Nothing is taken for so long. */
    void stall(double millis) {
        nowMillis += millis;
    }

    void run(double seconds) {
        double end = nowMillis + 1000 * seconds;
        while (nowMillis < end) {
            serve(oldest());
        }
    }

    /** Frames come in rounds of all streams, so the stream whose turn it is has the oldest frame. */
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
            shedder.worked((long) (1e6 * kernelMillis));
        }
    }

    /** The first frames that are enhanced take so many times as long, as code does that is not compiled yet. */
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

    /** Share of the frames since the last call that were enhanced. */
    double enhancedShare() {
        return (double) enhanced / (enhanced + bypassed);
    }

    /** Age that so much of the enhanced frames stayed below. */
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

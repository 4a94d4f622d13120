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

import io.clearline.dsp.HotPath;

/**
 * How old frames are when their turn comes, span by span: whether they are late, and whether they are about to be in
 * time again. Thread- confined; allocates nothing.
 */
final class FrameAges {
    private static final long SPAN_MILLIS = 50;
    /** Of the frames of a span, so many parts make one that is late. */
    private static final int LATE_PART = 4;
    /** A hiccup, of the garbage collector for one, makes frames late once; in the next span they are less so. */
    private static final int LATE_SPANS = 2;
    /** Lateness that is over after so many spans, the way it falls, needs no help. */
    private static final int PATIENT_SPANS = 10;

    private final long lateMillis;

    private long spanEndMillis;
    private int frames;
    private int lateFrames;
    private double sumMillis;

    private int lateSpans;
    private double meanMillis;
    private double grownMillis;

    /**
     * Starts with frames in time.
     *
     * @param lateMillis frames older than this are late
     */
    FrameAges(long lateMillis) {
        this.lateMillis = lateMillis;
    }

    /** Counts a frame. */
    @HotPath
    void add(long ageMillis) {
        frames++;
        sumMillis += ageMillis;
        if (ageMillis > lateMillis) {
            lateFrames++;
        }
    }

    /** Whether a span ended, the state of things being that of its frames from then on. */
    @HotPath
    boolean spanEnded(long nowMillis) {
        if (nowMillis < spanEndMillis || frames == 0) {
            return false;
        }
        double mean = sumMillis / frames;
        grownMillis = mean - meanMillis;
        meanMillis = mean;
        lateSpans = LATE_PART * lateFrames >= frames ? lateSpans + 1 : 0;
        frames = 0;
        lateFrames = 0;
        sumMillis = 0;
        spanEndMillis = nowMillis + SPAN_MILLIS;
        return true;
    }

    /** Whether many frames are late. */
    @HotPath
    boolean isLate() {
        return lateSpans > 0;
    }

    /** Whether they are so again, and not about to be in time. */
    @HotPath
    boolean staysLate() {
        return lateSpans >= LATE_SPANS && meanMillis - lateMillis > -grownMillis * PATIENT_SPANS;
    }

    /** How fast frames get older, against the clock: 0.5 where two come in the time of one. */
    @HotPath
    double growth() {
        return grownMillis / SPAN_MILLIS;
    }
}

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
 * What a subtask knows of the work that waits for it, span by span: whether frames are late, whether the lateness grows
 * or is being worked off, and how much of the time enhancement would take if all streams came in real time.
 * Thread-confined; allocates nothing.
 */
final class Backlog {
    private static final long SPAN_MILLIS = 50;
    /** Of the frames of a span, so many parts make one that is late. */
    private static final int LATE_PART = 4;
    /** A hiccup, of the garbage collector for one, makes frames late once; in the next spans they are less so. */
    private static final int LATE_SPANS = 2;
    /** What earlier spans count, against the one that follows. */
    private static final double MEMORY = 0.25;
    /** Lateness that falls by this part of the time that passes is being worked off. */
    private static final double WORKED_OFF = 0.1;
    /**
     * While enhancement takes less than this part of the time, frames are late for another reason, and bypassing would
     * gain nothing.
     */
    private static final double MIN_LOAD = 0.25;

    private static final double NANOS_OF_A_MILLI = 1e6;

    private final long lateMillis;

    private long spanEndMillis;
    private int frames;
    private int lateFrames;
    private int lateSpans;

    /** By how much streams got later, and how much time passed meanwhile, summed over their frames. */
    private double grownMillis;

    private double passedMillis;
    private double workedNanos;

    private double growth;
    private double loadOfAStream;

    /**
     * Starts with frames in time.
     *
     * @param lateMillis frames later than this are late
     */
    Backlog(long lateMillis) {
        this.lateMillis = lateMillis;
    }

    /** Counts a frame that is so late. */
    @HotPath
    void add(long lateBy) {
        frames++;
        if (lateBy > lateMillis) {
            lateFrames++;
        }
    }

    /** Between two frames of a stream so much time passed, and the second was later than the first by so much. */
    @HotPath
    void grew(double laterMillis, double timeMillis) {
        grownMillis += laterMillis;
        passedMillis += timeMillis;
    }

    /** Enhancement took so much processor time. */
    @HotPath
    void worked(long nanos) {
        workedNanos += nanos;
    }

    /** The clock was set back: the span ends now. */
    void restartSpan(long nowMillis) {
        spanEndMillis = nowMillis;
    }

    /** Whether a span ended, the state of things being that of its frames from then on. */
    @HotPath
    boolean spanEnded(long nowMillis) {
        if (nowMillis < spanEndMillis || frames == 0) {
            return false;
        }
        growth = passedMillis > 0 ? grownMillis / passedMillis : 0;
        // What of a stream's own time has been worked through: it passes, less what it fell behind.
        double streamMillis = passedMillis - grownMillis;
        loadOfAStream = streamMillis > 0 ? workedNanos / NANOS_OF_A_MILLI / streamMillis : 0;
        grownMillis *= MEMORY;
        passedMillis *= MEMORY;
        workedNanos *= MEMORY;
        lateSpans = LATE_PART * lateFrames >= frames ? lateSpans + 1 : 0;
        frames = 0;
        lateFrames = 0;
        spanEndMillis = nowMillis + SPAN_MILLIS;
        return true;
    }

    /** Whether many frames are late. */
    @HotPath
    boolean isLate() {
        return lateSpans > 0;
    }

    /** Whether lateness falls, so that it is a matter of time. */
    @HotPath
    boolean isWorkedOff() {
        return growth < -WORKED_OFF;
    }

    /** Whether frames are late again and again, and it is enhancement that can't keep up with so many streams. */
    @HotPath
    boolean isTooMuch(int streams) {
        return lateSpans >= LATE_SPANS && !isWorkedOff() && loadOfAStream * streams >= MIN_LOAD;
    }

    /** How fast frames get later, against the clock: 0.5 where two come in the time of one. */
    @HotPath
    double growth() {
        return growth;
    }
}

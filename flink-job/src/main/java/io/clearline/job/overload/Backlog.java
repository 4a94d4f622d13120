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
 * or is being worked off, and how much of the time it takes to enhance a stream. Thread-confined; allocates nothing.
 *
 * <p>Whether frames are late is a matter of the last spans. What a stream costs is one of the last second: frames come
 * in bursts, and code that is not compiled yet is slow for a moment, not for ever.
 */
final class Backlog {
    private static final long SPAN_MILLIS = 50;
    /** Of the frames of a span, so many parts make one that is late. */
    private static final int LATE_PART = 4;
    /** A hiccup, of the garbage collector for one, makes frames late once; in the next spans they are less so. */
    private static final int LATE_SPANS = 2;
    /** What earlier spans count for the growth, against the one that follows. */
    private static final double GROWTH_MEMORY = 0.25;
    /** What earlier spans count for the cost of a stream: about a second of them. */
    private static final double COST_MEMORY = 0.95;
    /** Work that comes in a burst is spread over so much time of its stream before it is called too much. */
    private static final double MIN_COST_MILLIS = 500;
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
    private double growth;

    /** What enhancement took, and for how much of the time of those streams that were enhanced. */
    private double workedNanos;

    private double enhancedMillis;

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

    /**
     * Between two frames of a stream so much time passed, and the second was later than the first by so much.
     *
     * @param enhanced whether the stream was enhanced meanwhile
     */
    @HotPath
    void grew(double laterMillis, double timeMillis, boolean enhanced) {
        grownMillis += laterMillis;
        passedMillis += timeMillis;
        if (enhanced) {
            // Of the stream's own time so much was worked through: what passed, less what it fell behind.
            enhancedMillis += timeMillis - laterMillis;
        }
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

    /** Nothing came for a while: what was before says nothing of what comes. */
    void forget() {
        frames = 0;
        lateFrames = 0;
        lateSpans = 0;
        grownMillis = 0;
        passedMillis = 0;
        growth = 0;
        workedNanos = 0;
        enhancedMillis = 0;
    }

    /** Whether a span ended, the state of things being that of its frames from then on. */
    @HotPath
    boolean spanEnded(long nowMillis) {
        if (nowMillis < spanEndMillis || frames == 0) {
            return false;
        }
        growth = passedMillis > 0 ? grownMillis / passedMillis : 0;
        grownMillis *= GROWTH_MEMORY;
        passedMillis *= GROWTH_MEMORY;
        workedNanos *= COST_MEMORY;
        enhancedMillis *= COST_MEMORY;
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

    /**
     * Whether frames are late again and again, and it is enhancement that can't keep up: those streams that are
     * enhanced take their part of the time, or all together would take more than there is.
     */
    @HotPath
    boolean isTooMuch(int streams, int enhancedStreams) {
        return enhancedStreams > 0
                && lateSpans >= LATE_SPANS
                && !isWorkedOff()
                && (load(enhancedStreams, enhancedStreams) >= MIN_LOAD || load(streams, enhancedStreams) >= 1);
    }

    /**
     * Whether enhancing so many streams would take little of the time, so that frames which are late are so for another
     * reason. What it costs is known only while some are enhanced.
     */
    @HotPath
    boolean isLittle(int streams, int enhancedStreams) {
        return enhancedStreams > 0 && load(streams, enhancedStreams) < MIN_LOAD;
    }

    /** The share of the time that enhancing so many streams takes, as long as so many were. */
    @HotPath
    private double load(int streams, int enhancedStreams) {
        double overMillis = Math.max(enhancedMillis, MIN_COST_MILLIS * enhancedStreams);
        return streams * workedNanos / NANOS_OF_A_MILLI / overMillis;
    }

    /** How fast frames get later, against the clock: 0.5 where two come in the time of one. */
    @HotPath
    double growth() {
        return growth;
    }
}

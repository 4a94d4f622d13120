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
 * Measures the work that waits for a subtask: whether frames are late, whether the lateness grows or shrinks, and what
 * share of a core enhancement takes. Measurements are taken in spans of {@value #SPAN_MILLIS} ms.
 *
 * <p>Lateness is judged over the last few spans, so that the subtask reacts fast. The cost of a stream is averaged over
 * about a second, because frames arrive in bursts and code that is not compiled yet is slow for a moment only.
 *
 * <p>Thread-confined; allocates nothing.
 */
final class Backlog {
    /** Length of a span. Decisions are made once per span, twenty times a second. */
    private static final long SPAN_MILLIS = 50;
    /** A span is late if at least one frame in this many was late. */
    private static final int LATE_FRAMES_DIVISOR = 4;
    /**
     * Consecutive late spans that count as overload. A single pause, such as one of the garbage collector, makes frames
     * late once; in the next span they are less late.
     */
    private static final int MIN_LATE_SPANS = 2;
    /** Weight of earlier spans in the growth of lateness, relative to the following span. */
    private static final double GROWTH_MEMORY = 0.25;
    /** Weight of earlier spans in the cost of a stream. The time constant is about a second. */
    private static final double COST_MEMORY = 0.95;
    /**
     * Least stream time per enhanced stream that the kernel time is divided by. Spreads the work of a burst, which
     * would otherwise look like overload.
     */
    private static final double MIN_COST_MILLIS = 500;
    /** Lateness that falls by more than this fraction of the elapsed time counts as shrinking. */
    private static final double MIN_SHRINK_RATE = 0.1;
    /** Below this share of a core, enhancement is not the reason why frames are late, and bypassing would not help. */
    private static final double MIN_LOAD = 0.25;

    private static final double NANOS_PER_MILLI = 1e6;

    private final long thresholdMillis;

    private long spanEndMillis;
    private int frames;
    private int lateFrames;
    /** Consecutive late spans up to now. */
    private int lateSpans;

    /** Increase of lateness, summed over the streams; decays with {@link #GROWTH_MEMORY}. */
    private double grownMillis;

    /** Elapsed time in which lateness increased by {@link #grownMillis}, summed over the streams. */
    private double passedMillis;
    /** Rate of growth at the end of the last span: {@link #grownMillis} divided by {@link #passedMillis}. */
    private double growth;

    /** Processor time that the kernel took; decays with {@link #COST_MEMORY}. */
    private double kernelNanos;

    /** Stream time that was enhanced with {@link #kernelNanos}, summed over the enhanced streams. */
    private double enhancedMillis;

    /**
     * Creates a backlog in which no frame is late.
     *
     * @param thresholdMillis lateness above which a frame counts as late
     */
    Backlog(long thresholdMillis) {
        this.thresholdMillis = thresholdMillis;
    }

    /**
     * Counts a frame.
     *
     * @param lateMillis its lateness, see {@link StreamDelay}
     */
    @HotPath
    void add(long lateMillis) {
        frames++;
        if (lateMillis > thresholdMillis) {
            lateFrames++;
        }
    }

    /**
     * Adds the time between two consecutive frames of one stream.
     *
     * @param laterMillis increase of lateness from the first frame to the second; negative if it decreased
     * @param timeMillis time that passed between the two
     * @param enhanced whether the stream was enhanced in between
     */
    @HotPath
    void addGrowth(double laterMillis, double timeMillis, boolean enhanced) {
        grownMillis += laterMillis;
        passedMillis += timeMillis;
        if (enhanced) {
            // The stream time that was processed: the time that passed, less the time by which the stream fell behind.
            enhancedMillis += timeMillis - laterMillis;
        }
    }

    /** Adds processor time that the kernel took. */
    @HotPath
    void addKernelTime(long nanos) {
        kernelNanos += nanos;
    }

    /** Ends the current span at once, because the clock was set back. */
    void restartSpan(long nowMillis) {
        spanEndMillis = nowMillis;
    }

    /** Discards all measurements. Used after a standstill, when earlier measurements say nothing about what follows. */
    void reset() {
        frames = 0;
        lateFrames = 0;
        lateSpans = 0;
        grownMillis = 0;
        passedMillis = 0;
        growth = 0;
        kernelNanos = 0;
        enhancedMillis = 0;
    }

    /**
     * Ends the span if its time is over and it had frames. The methods below then report the state as of this span.
     *
     * @return whether the span ended
     */
    @HotPath
    boolean endSpanIfDue(long nowMillis) {
        if (nowMillis < spanEndMillis || frames == 0) {
            return false;
        }
        growth = passedMillis > 0 ? grownMillis / passedMillis : 0;
        grownMillis *= GROWTH_MEMORY;
        passedMillis *= GROWTH_MEMORY;
        kernelNanos *= COST_MEMORY;
        enhancedMillis *= COST_MEMORY;
        lateSpans = LATE_FRAMES_DIVISOR * lateFrames >= frames ? lateSpans + 1 : 0;
        frames = 0;
        lateFrames = 0;
        spanEndMillis = nowMillis + SPAN_MILLIS;
        return true;
    }

    /** Returns whether many frames of the last span were late. */
    @HotPath
    boolean isLate() {
        return lateSpans > 0;
    }

    /** Returns whether lateness decreases, so that the backlog will be gone in time without bypassing. */
    @HotPath
    boolean isShrinking() {
        return growth < -MIN_SHRINK_RATE;
    }

    /**
     * Returns whether the subtask can't keep up because of enhancement. Frames must be late in consecutive spans
     * without getting less late, and enhancement must take a substantial share of a core, or would take more than one
     * core if every stream were enhanced.
     *
     * @param streams all streams of the subtask
     * @param enhancedStreams how many of them are enhanced
     */
    @HotPath
    boolean isOverloaded(int streams, int enhancedStreams) {
        return enhancedStreams > 0
                && lateSpans >= MIN_LATE_SPANS
                && !isShrinking()
                && (load(enhancedStreams, enhancedStreams) >= MIN_LOAD || load(streams, enhancedStreams) >= 1);
    }

    /**
     * Returns whether enhancing all streams would take a small share of a core, so that late frames have another cause.
     * False while no stream is enhanced, because the cost is unknown then.
     *
     * @param streams all streams of the subtask
     * @param enhancedStreams how many of them are enhanced
     */
    @HotPath
    boolean isLightLoad(int streams, int enhancedStreams) {
        return enhancedStreams > 0 && load(streams, enhancedStreams) < MIN_LOAD;
    }

    /**
     * Returns the share of a core that enhancing {@code streams} streams takes, by the cost of those that were
     * enhanced.
     */
    @HotPath
    private double load(int streams, int enhancedStreams) {
        double overMillis = Math.max(enhancedMillis, MIN_COST_MILLIS * enhancedStreams);
        return streams * kernelNanos / NANOS_PER_MILLI / overMillis;
    }

    /**
     * Returns how fast lateness grows, in milliseconds per millisecond: 0.5 if frames arrive twice as fast as they are
     * processed.
     */
    @HotPath
    double growth() {
        return growth;
    }
}

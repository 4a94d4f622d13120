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
package io.clearline.gateway.media;

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.EnhancedFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Plays frames of 20 ms in virtual time with a maximum delay of 200 ms, and records how each was played. */
final class PlayoutRun {
    /** Job time of a frame that the job does not answer. */
    static final double NEVER = Double.MAX_VALUE;

    private static final int SAMPLES = 160;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(MediaLoop.TICK_MILLIS);
    /** Any time but zero: the origin of {@link System#nanoTime} is arbitrary, and its values may be negative. */
    private static final long START = -123_456_789_012L;

    /**
     * The timing of a frame.
     *
     * @param arrivalMillis from the capture of the first frame to the arrival of this one
     * @param jobMillis from its arrival to that of its enhanced frame
     */
    record Frame(double arrivalMillis, double jobMillis) {}

    private record Event(long nanos, Runnable what) {}

    private final SessionCounters counters = new SessionCounters(null);
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();
    private final Playout playout;
    private long now;

    private PlayoutRun() {
        MediaSink sink = (payload, length, ticks, startsSpurt) -> delays.add(now - arrivals.get(delays.size()));
        SessionSettings settings = SessionSettings.DEFAULT.withMaxDelay(Duration.ofMillis(200));
        playout = new Playout(MediaFormat.PCMU.newCodec(), sink, settings, counters, new MillisHistogram(null));
    }

    /**
     * Plays the given number of frames. Frames arrive in order: one that would overtake another arrives together with
     * it.
     */
    static PlayoutRun of(int frames, IntFunction<Frame> pattern) {
        PlayoutRun run = new PlayoutRun();
        List<Event> events = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < frames; i++) {
            int index = i;
            Frame frame = pattern.apply(i);
            last = Math.max(last, START + nanos(frame.arrivalMillis));
            long arrival = last;
            run.arrivals.add(arrival);
            events.add(new Event(arrival, () -> run.add(index, arrival)));
            if (frame.jobMillis != NEVER) {
                long ready = arrival + nanos(frame.jobMillis);
                events.add(new Event(ready, () -> run.enhanced(index, ready)));
            }
        }
        events.sort(Comparator.comparingLong(Event::nanos));
        run.play(events);
        return run;
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }

    private void play(List<Event> events) {
        int next = 0;
        for (now = START; delays.size() < arrivals.size(); now += TICK_NANOS) {
            while (next < events.size() && events.get(next).nanos <= now) {
                events.get(next++).what.run();
            }
            playout.playDue(now);
        }
    }

    private void add(int index, long arrival) {
        playout.add(new PlayoutFrame(
                index * SAMPLES, micros(index), index * FRAME_NANOS, arrival, new float[SAMPLES], index == 0, false));
    }

    private void enhanced(int index, long ready) {
        EnhancedFrame frame = new EnhancedFrame();
        frame.setCaptureTimeMicros(micros(index));
        frame.setEncoding(AudioEncoding.PCMU);
        frame.setEnhanced(true);
        frame.setPayload(ByteBuffer.allocate(SAMPLES));
        playout.enhanced(frame, ready);
    }

    private static long micros(int index) {
        return index * FRAME_NANOS / 1000;
    }

    int dryFrames() {
        return (int) counters.get(SessionCounter.FRAMES_DRY);
    }

    double dryShare() {
        return counters.dryShare();
    }

    /** Returns the largest delay from arrival to play-out. */
    long maxDelayMillis() {
        return quantileMillis(0, delays.size(), 1);
    }

    long minDelayMillis() {
        return quantileMillis(0, delays.size(), 0);
    }

    /** Returns the median delay of the frames with indices from {@code from} to below {@code to}. */
    long medianDelayMillis(int from, int to) {
        return quantileMillis(from, to, 0.5);
    }

    private long quantileMillis(int from, int to, double share) {
        long[] sorted =
                delays.subList(from, to).stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return Math.round(sorted[(int) (share * (sorted.length - 1))] / 1e6);
    }
}

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
package io.clearline.console.board;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The last minute of one channel of a stream, before and after enhancement. Frames may arrive in any order and more
 * than once. The two sides are paired by sequence. Since the job answers each frame with one of the same length, this
 * aligns them to the sample.
 *
 * <p>When the sender restarts, the ring is cleared and its epoch is incremented. The epoch is also incremented when
 * older frames have been backfilled, so that clients that received only the newer ones request everything again.
 * Thread-confined: {@link Board} guards it.
 */
final class AudioRing {
    static final int SECONDS = 60;
    /** A larger jump of the sequence (two minutes of 20 ms frames) marks a restart of the sender. */
    private static final long MAX_JUMP_FRAMES = 6_000;
    /** A minute of 5 ms frames. Bounds the memory where frames are shorter. */
    private static final int MAX_FRAMES = 12_000;
    /** A frame that is unanswered for this long is delivered without its answer, which follows when it arrives. */
    private static final long ANSWER_TIMEOUT_MILLIS = 1_500;

    private final TreeMap<Long, PairedFrame> frames = new TreeMap<>();
    private int sampleRateHz;
    private long samples;
    private int epoch;
    private long completed;

    /** Adds a frame as sent to the job. */
    void before(long sequence, long captureTimeMicros, int rateHz, short[] pcm, long nowMillis) {
        if (isRestart(sequence, captureTimeMicros, rateHz)) {
            clear();
        }
        sampleRateHz = rateHz;
        put(sequence, captureTimeMicros, nowMillis, frame -> frame.before(pcm));
    }

    /** Adds a frame as enhanced by the job. Ignores late answers to an earlier session. */
    void after(long sequence, long captureTimeMicros, int rateHz, short[] pcm, int flags, long nowMillis) {
        if (frames.isEmpty() || rateHz == sampleRateHz && !isOfEarlierSession(sequence, captureTimeMicros)) {
            sampleRateHz = rateHz;
            put(sequence, captureTimeMicros, nowMillis, frame -> frame.after(pcm, flags));
        }
    }

    /**
     * Returns whether an answer belongs to a session before the last restart: it was captured before the oldest frame
     * although its sequence is higher, or its sequence is far ahead. A lower sequence merely means an older frame.
     */
    private boolean isOfEarlierSession(long sequence, long captureTimeMicros) {
        PairedFrame oldest = frames.firstEntry().getValue();
        return sequence >= oldest.sequence() && captureTimeMicros < oldest.captureTimeMicros()
                || sequence > frames.lastKey() + MAX_JUMP_FRAMES;
    }

    /** Returns whether a frame is the first after a restart of the sender. */
    private boolean isRestart(long sequence, long captureTimeMicros, int rateHz) {
        if (frames.isEmpty()) {
            return false;
        }
        PairedFrame newest = frames.lastEntry().getValue();
        boolean back = sequence <= newest.sequence() && captureTimeMicros > newest.captureTimeMicros();
        boolean farBack = sequence < frames.firstKey() - MAX_JUMP_FRAMES;
        return rateHz != sampleRateHz || back || farBack || sequence > newest.sequence() + MAX_JUMP_FRAMES;
    }

    private interface Side {
        void set(PairedFrame frame);
    }

    private void put(long sequence, long captureTimeMicros, long nowMillis, Side side) {
        PairedFrame frame = frames.get(sequence);
        if (frame == null) {
            frame = new PairedFrame(sequence, captureTimeMicros, nowMillis);
            frames.put(sequence, frame);
        }
        samples -= frame.samples();
        side.set(frame);
        samples += frame.samples();
        if (frame.isComplete() && frame.completion() == 0) {
            frame.completion(++completed);
        }
        while (samples > (long) SECONDS * sampleRateHz || frames.size() > MAX_FRAMES) {
            samples -= frames.pollFirstEntry().getValue().samples();
        }
    }

    private void clear() {
        frames.clear();
        samples = 0;
        epoch++;
    }

    /** Signals that older frames have been backfilled. */
    void backfillEnded() {
        epoch++;
    }

    /** Returns the current epoch, as explained at the class. */
    int epoch() {
        return epoch;
    }

    /**
     * Returns the frames beyond a position. A frame is included once it has both sides, or once the timeout for its
     * answer has passed. All frames are returned when the position is of another epoch.
     */
    AudioBlock since(AudioPosition position, long nowMillis) {
        AudioPosition from = position.epoch() == epoch ? position : AudioPosition.NOTHING;
        List<PairedFrame> found = new ArrayList<>();
        if (completed > from.completed()) {
            frames.headMap(from.afterSequence(), true).values().stream()
                    .filter(frame -> frame.completion() > from.completed())
                    .forEach(found::add);
        }
        for (PairedFrame frame : frames.tailMap(from.afterSequence(), false).values()) {
            if (!frame.isComplete() && nowMillis - frame.seenMillis() < ANSWER_TIMEOUT_MILLIS) {
                break;
            }
            found.add(frame);
        }
        return new AudioBlock(epoch, sampleRateHz, completed, found);
    }
}

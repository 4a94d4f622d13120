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
 * The last minute of a stream, before and after, frame by frame. Frames may come in any order and twice; those of both
 * sides are paired by sequence, which makes them sample-exact: the job answers a frame with one of the same length.
 *
 * <p>When the sender begins again, the ring starts over and its epoch counts up. It counts up too when older frames
 * were read back: whoever got only the newer ones asks for all again. Not thread-safe.
 */
final class AudioRing {
    static final int SECONDS = 60;
    /** A frame that jumps further ahead is the beginning of something else. */
    private static final long MAX_JUMP_FRAMES = 6_000;

    private static final int MAX_FRAMES = 12_000;
    /** A frame that has no answer by then is shown without it; the answer is handed over when it comes. */
    private static final long PATIENCE_MILLIS = 1_500;

    private final TreeMap<Long, PairedFrame> frames = new TreeMap<>();
    private int sampleRateHz;
    private long samples;
    private int epoch;
    private long completed;

    /** Takes in a frame that came in. */
    void before(long sequence, long captureTimeMicros, int rateHz, short[] pcm, long nowMillis) {
        if (beginsAgain(sequence, captureTimeMicros, rateHz)) {
            clear();
        }
        sampleRateHz = rateHz;
        put(sequence, captureTimeMicros, nowMillis, frame -> frame.before(pcm));
    }

    /** Takes in a frame that came out. */
    void after(long sequence, long captureTimeMicros, int rateHz, short[] pcm, int flags, long nowMillis) {
        if (frames.isEmpty() || rateHz == sampleRateHz && !isOfEarlierSession(sequence, captureTimeMicros)) {
            sampleRateHz = rateHz;
            put(sequence, captureTimeMicros, nowMillis, frame -> frame.after(pcm, flags));
        }
    }

    /** Captured before the oldest frame though its number is higher; one with a lower number is merely older. */
    private boolean isOfEarlierSession(long sequence, long captureTimeMicros) {
        PairedFrame oldest = frames.firstEntry().getValue();
        return sequence >= oldest.sequence() && captureTimeMicros < oldest.captureTimeMicros()
                || sequence > frames.lastKey() + MAX_JUMP_FRAMES;
    }

    private boolean beginsAgain(long sequence, long captureTimeMicros, int rateHz) {
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

    /** Says that older frames have been read back. */
    void readBackEnded() {
        epoch++;
    }

    /** Counts how often everything must be asked for again. */
    int epoch() {
        return epoch;
    }

    /** What there is beyond a position. Each frame comes as soon as it has both sides, or will hardly get them. */
    AudioBlock beyond(AudioPosition position, long nowMillis) {
        AudioPosition from = position.epoch() == epoch ? position : AudioPosition.NOTHING;
        List<PairedFrame> beyond = new ArrayList<>();
        if (completed > from.completed()) {
            frames.headMap(from.afterSequence(), true).values().stream()
                    .filter(frame -> frame.completion() > from.completed())
                    .forEach(beyond::add);
        }
        for (PairedFrame frame : frames.tailMap(from.afterSequence(), false).values()) {
            if (!frame.isComplete() && nowMillis - frame.seenMillis() < PATIENCE_MILLIS) {
                break;
            }
            beyond.add(frame);
        }
        return new AudioBlock(epoch, sampleRateHz, completed, beyond);
    }
}

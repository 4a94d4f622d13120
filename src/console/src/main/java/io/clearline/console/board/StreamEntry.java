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

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;

/** What is kept of every stream: counters, the last minute in cells, the last SDR estimates. Not thread-safe. */
final class StreamEntry {
    static final long IDLE_MILLIS = 5_000;
    static final long UNANSWERED_MILLIS = 3_000;
    private static final long PROBE_MILLIS = 2_000;
    /**
     * From one frame whose level is taken to the next: a meter needs no more, and most of a frame's cost is its level.
     */
    private static final long LEVEL_MILLIS = 100;

    final String id;
    final long firstSeenMillis;
    final MinuteStrip strip = new MinuteStrip();
    /** Of the first channel, which is the one that lists show. */
    final SdrTrack sdr = new SdrTrack();
    /** Of the others; null until one has an estimate: most streams have one channel. */
    private SdrTrack[] others;

    int channels = 1;

    String encoding = "";
    String session = "";
    String model = "";
    int sampleRateHz;
    int rawPartition = -1;
    int enhancedPartition = -1;
    long lastInMillis;
    long lastOutMillis;
    long framesIn;
    long framesOut;
    long framesDry;
    long framesConcealed;
    float levelInDb = PayloadLevel.SILENCE_DB;
    float levelOutDb = PayloadLevel.SILENCE_DB;
    boolean overloaded;
    boolean closed;
    private long levelInMillis = -LEVEL_MILLIS;
    private long levelOutMillis = -LEVEL_MILLIS;
    private boolean lastDry;
    private long probeSequence = -1;
    private long probeMillis;

    StreamEntry(String id, long nowMillis) {
        this.id = id;
        this.firstSeenMillis = nowMillis;
    }

    /** Takes in a frame that came in at a moment. */
    void in(AudioFrame frame, int partition, long millis) {
        encoding = frame.getEncoding().name();
        sampleRateHz = frame.getSampleRateHz();
        channels = frame.getChannels();
        rawPartition = partition;
        framesIn++;
        lastInMillis = Math.max(lastInMillis, millis);
        closed = frame.getLastOfStream();
        if (millis - probeMillis > PROBE_MILLIS || probeSequence < 0) {
            probeSequence = frame.getSequence();
            probeMillis = millis;
        }
    }

    /** Whether the level of a frame that came in at a moment is wanted. */
    boolean wantsLevelIn(long millis) {
        return isDue(levelInMillis, millis);
    }

    /** Whether the level of a frame that came out at a moment is wanted. */
    boolean wantsLevelOut(long millis) {
        return isDue(levelOutMillis, millis);
    }

    /** A moment before the last one is of a sender whose clock was set back. */
    private static boolean isDue(long lastMillis, long millis) {
        return millis < lastMillis || millis >= lastMillis + LEVEL_MILLIS;
    }

    /** Takes in the level of what came in at a moment. */
    void levelIn(float levelDb, long millis) {
        levelInDb = levelDb;
        levelInMillis = millis;
        strip.level(millis / 1000, levelDb);
    }

    /** Takes in the level of what came out at a moment. */
    void levelOut(float levelDb, long millis) {
        levelOutDb = levelDb;
        levelOutMillis = millis;
    }

    /**
     * Takes in a frame that came out at a moment.
     *
     * @return how long the job had it, in milliseconds; -1 where the frame is not the one that is timed
     */
    long out(EnhancedFrame frame, int partition, String modelReference, long millis) {
        session = frame.getSession();
        // A frame that passes dry names no model; the stream's is still the one before.
        model = modelReference.isEmpty() ? model : modelReference;
        enhancedPartition = partition;
        framesOut++;
        framesDry += frame.getBypassed() ? 1 : 0;
        framesConcealed += frame.getConcealed() ? 1 : 0;
        lastDry = frame.getBypassed();
        lastOutMillis = Math.max(lastOutMillis, millis);
        strip.mark(millis / 1000, mark(frame));
        if (frame.getSequence() != probeSequence) {
            return -1;
        }
        probeSequence = -1;
        return Math.max(0, millis - probeMillis);
    }

    private static int mark(EnhancedFrame frame) {
        return (frame.getEnhanced() ? MinuteStrip.ENHANCED : 0)
                | (frame.getBypassed() ? MinuteStrip.DRY : 0)
                | (frame.getConcealed() ? MinuteStrip.CONCEALED : 0);
    }

    void estimate(SdrEstimate estimate) {
        int channel = estimate.getChannel();
        if (channel == 0) {
            sdr.add(estimate);
        } else if (channel > 0 && channel < FrameLimits.MAX_CHANNELS) {
            others = others == null ? new SdrTrack[FrameLimits.MAX_CHANNELS] : others;
            others[channel] = others[channel] == null ? new SdrTrack() : others[channel];
            others[channel].add(estimate);
        }
    }

    /** The estimates of a channel; none where it has none. */
    SdrTrack sdr(int channel) {
        SdrTrack track = channel == 0 ? sdr : others == null ? null : others[channel];
        return track == null ? new SdrTrack() : track;
    }

    void event(StreamEvent event) {
        switch (event.getKind()) {
            case OVERLOADED -> overloaded = true;
            case RECOVERED -> overloaded = false;
            case CLOSED -> {
                closed = true;
                overloaded = false;
            }
            default -> {
                // Nothing of it is kept with the stream.
            }
        }
    }

    StreamStatus status(long nowMillis) {
        if (closed) {
            return StreamStatus.CLOSED;
        }
        if (nowMillis - lastInMillis > IDLE_MILLIS) {
            return StreamStatus.IDLE;
        }
        if (overloaded) {
            return StreamStatus.OVERLOADED;
        }
        if (nowMillis - Math.max(lastOutMillis, firstSeenMillis) > UNANSWERED_MILLIS) {
            return StreamStatus.UNANSWERED;
        }
        return lastDry ? StreamStatus.DRY : StreamStatus.ENHANCED;
    }

    long lastSeenMillis() {
        return Math.max(lastInMillis, lastOutMillis);
    }
}

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

/**
 * The state of one stream: counters, a summary of the last minute and the last SDR estimates. Thread-confined:
 * {@link Board} guards it.
 *
 * <p>Latency is sampled by timing one frame at a time: the stream remembers the sequence of an incoming frame until its
 * answer arrives. Timing every frame would require a map of the frames in flight for each stream.
 */
final class StreamEntry {
    /** Without an incoming frame for this long, a stream is idle. */
    static final long IDLE_MILLIS = 5_000;
    /** Without an answer for this long, a stream is unanswered. */
    static final long UNANSWERED_MILLIS = 3_000;
    /** A timed frame that is unanswered for this long is abandoned for a newer one. */
    private static final long PROBE_MILLIS = 2_000;
    /** The interval between level measurements: decoding the payload is most of the cost of counting a frame. */
    private static final long LEVEL_MILLIS = 100;

    final String id;
    final long firstSeenMillis;
    final MinuteStrip strip = new MinuteStrip();
    /** The estimates of the first channel, which lists show. */
    final SdrTrack sdr = new SdrTrack();
    /** The estimates of the other channels; null until one arrives, since most streams have one channel. */
    private SdrTrack[] otherSdr;

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

    /** Counts an incoming frame. */
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

    /** Returns whether the level of an incoming frame is due to be measured. */
    boolean wantsLevelIn(long millis) {
        return isDue(levelInMillis, millis);
    }

    /** Returns whether the level of an enhanced frame is due to be measured. */
    boolean wantsLevelOut(long millis) {
        return isDue(levelOutMillis, millis);
    }

    /** A time before the last measurement comes from a sender whose clock was set back, and is due as well. */
    private static boolean isDue(long lastMillis, long millis) {
        return millis < lastMillis || millis >= lastMillis + LEVEL_MILLIS;
    }

    /** Records the level of an incoming frame. */
    void levelIn(float levelDb, long millis) {
        levelInDb = levelDb;
        levelInMillis = millis;
        strip.level(millis / 1000, levelDb);
    }

    /** Records the level of an enhanced frame. */
    void levelOut(float levelDb, long millis) {
        levelOutDb = levelDb;
        levelOutMillis = millis;
    }

    /**
     * Counts an enhanced frame.
     *
     * @return latency of the job in milliseconds; -1 when the frame is not the timed one
     */
    long out(EnhancedFrame frame, int partition, String modelReference, long millis) {
        session = frame.getSession();
        // A bypassed frame names no model: the stream keeps the model that it had.
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
            otherSdr = otherSdr == null ? new SdrTrack[FrameLimits.MAX_CHANNELS] : otherSdr;
            otherSdr[channel] = otherSdr[channel] == null ? new SdrTrack() : otherSdr[channel];
            otherSdr[channel].add(estimate);
        }
    }

    /** Returns the estimates of a channel; an empty track when there are none. */
    SdrTrack sdr(int channel) {
        SdrTrack track = channel == 0 ? sdr : otherSdr == null ? null : otherSdr[channel];
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
                // Other events do not change the status.
            }
        }
    }

    /** Returns the most severe status that applies. */
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

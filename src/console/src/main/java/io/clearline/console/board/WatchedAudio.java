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

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The audio of the channels of streams that clients currently view or listen to. A channel is released when it has not
 * been requested for a while, and evicted in favour of a new one when the capacity is exhausted. Thread-confined:
 * {@link Board} guards it.
 */
final class WatchedAudio {
    /** The capacity, in channels of streams. One of them takes up to 11.5 MB: 60 s at 48 kHz on both sides. */
    static final int MAX_STREAMS = 8;

    /** A channel that has not been requested for this long is released. */
    static final long RELEASE_MILLIS = 30_000;

    private final Map<Key, Watched> watched = new HashMap<>();
    /** The watched channels of each stream. A lookup by id alone rejects the frames of all other streams cheaply. */
    private final Map<String, List<Watched>> byStream = new HashMap<>();

    private record Key(String streamId, int channel) {}

    private static final class Watched {
        final int channel;
        final AudioRing ring = new AudioRing();
        long requestedMillis;

        Watched(int channel) {
            this.channel = channel;
        }
    }

    /**
     * A watched channel.
     *
     * @param isNew whether it was not watched before, so that its last minute should be backfilled
     */
    record Watch(AudioRing ring, boolean isNew) {}

    /** Starts or continues to watch a channel. */
    Watch watch(String streamId, int channel, long nowMillis) {
        Key key = new Key(streamId, channel);
        Watched found = watched.get(key);
        boolean isNew = found == null;
        if (isNew) {
            if (watched.size() == MAX_STREAMS) {
                watched.values().remove(leastRecentlyRequested());
            }
            found = new Watched(channel);
            watched.put(key, found);
            index();
        }
        found.requestedMillis = nowMillis;
        return new Watch(found.ring, isNew);
    }

    private Watched leastRecentlyRequested() {
        return watched.values().stream()
                .min(Comparator.comparingLong(each -> each.requestedMillis))
                .orElseThrow();
    }

    private void index() {
        byStream.clear();
        watched.forEach((key, each) -> byStream.computeIfAbsent(key.streamId(), id -> new ArrayList<>())
                .add(each));
    }

    boolean has(String streamId) {
        return byStream.containsKey(streamId);
    }

    int size() {
        return watched.size();
    }

    /** Releases the channels that are no longer requested. */
    void release(long nowMillis) {
        if (watched.values().removeIf(each -> nowMillis - each.requestedMillis > RELEASE_MILLIS)) {
            index();
        }
    }

    void in(AudioFrame frame, long nowMillis) {
        for (Watched found : byStream.getOrDefault(frame.getStreamId(), List.of())) {
            found.ring.before(
                    frame.getSequence(),
                    frame.getCaptureTimeMicros(),
                    frame.getSampleRateHz(),
                    channel(found.channel, frame.getEncoding(), frame.getPayload(), frame.getChannels()),
                    nowMillis);
        }
    }

    void out(EnhancedFrame frame, long nowMillis) {
        for (Watched found : byStream.getOrDefault(frame.getStreamId(), List.of())) {
            found.ring.after(
                    frame.getSequence(),
                    frame.getCaptureTimeMicros(),
                    frame.getSampleRateHz(),
                    channel(found.channel, frame.getEncoding(), frame.getPayload(), frame.getChannels()),
                    flags(frame),
                    nowMillis);
        }
    }

    /** Signals the end of a backfill to every watched channel of a stream. */
    void backfillEnded(String streamId) {
        byStream.getOrDefault(streamId, List.of()).forEach(found -> found.ring.backfillEnded());
    }

    private static int flags(EnhancedFrame frame) {
        return (frame.getEnhanced() ? PairedFrame.ENHANCED : 0)
                | (frame.getBypassed() ? PairedFrame.DRY : 0)
                | (frame.getConcealed() ? PairedFrame.CONCEALED : 0);
    }

    /** Extracts one channel of a frame with interleaved channels; the last one when the frame has fewer. */
    private static short[] channel(int wanted, AudioEncoding encoding, ByteBuffer payload, int channels) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        float[] samples = new float[bytes.length / FrameLimits.bytesPerSample(encoding)];
        FramePayload.decode(encoding, bytes, 0, samples, 0, samples.length);
        int channel = Math.min(wanted, channels - 1);
        short[] pcm = new short[samples.length / channels];
        for (int i = 0; i < pcm.length; i++) {
            // Exact: every encoding decodes to multiples of 1/32768.
            pcm[i] = (short) (samples[i * channels + channel] * 32768);
        }
        return pcm;
    }
}

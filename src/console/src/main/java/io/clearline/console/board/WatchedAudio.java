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
 * Audio of the few streams that somebody looks at, of one channel each; the one not asked for longest makes room. Not
 * thread-safe.
 */
final class WatchedAudio {
    /** 60 s of 48 kHz on both sides are 11.5 MB. */
    static final int MAX_STREAMS = 8;

    static final long RELEASE_MILLIS = 30_000;

    private final Map<Key, Watched> watched = new HashMap<>();
    /** Who listens to a stream, of whatever channel: most frames are nobody's, and are found so at once. */
    private final Map<String, List<Watched>> byStream = new HashMap<>();

    private record Key(String streamId, int channel) {}

    private static final class Watched {
        final int channel;
        final AudioRing ring = new AudioRing();
        long askedMillis;

        Watched(int channel) {
            this.channel = channel;
        }
    }

    /** The ring of a stream, and whether it is new: then what came before should be read back. */
    record Asked(AudioRing ring, boolean isNew) {}

    Asked ask(String streamId, int channel, long nowMillis) {
        Key key = new Key(streamId, channel);
        Watched found = watched.get(key);
        boolean isNew = found == null;
        if (isNew) {
            if (watched.size() == MAX_STREAMS) {
                watched.values().remove(leastRecent());
            }
            found = new Watched(channel);
            watched.put(key, found);
            index();
        }
        found.askedMillis = nowMillis;
        return new Asked(found.ring, isNew);
    }

    private Watched leastRecent() {
        return watched.values().stream()
                .min(Comparator.comparingLong(each -> each.askedMillis))
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

    void release(long nowMillis) {
        if (watched.values().removeIf(each -> nowMillis - each.askedMillis > RELEASE_MILLIS)) {
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

    void readBackEnded(String streamId) {
        byStream.getOrDefault(streamId, List.of()).forEach(found -> found.ring.readBackEnded());
    }

    private static int flags(EnhancedFrame frame) {
        return (frame.getEnhanced() ? PairedFrame.ENHANCED : 0)
                | (frame.getBypassed() ? PairedFrame.DRY : 0)
                | (frame.getConcealed() ? PairedFrame.CONCEALED : 0);
    }

    /** One channel of a frame that interleaves several; the last where it has fewer. */
    private static short[] channel(int wanted, AudioEncoding encoding, ByteBuffer payload, int channels) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        float[] samples = new float[bytes.length / FrameLimits.bytesPerSample(encoding)];
        FramePayload.decode(encoding, bytes, 0, samples, 0, samples.length);
        int channel = Math.min(wanted, channels - 1);
        short[] pcm = new short[samples.length / channels];
        for (int i = 0; i < pcm.length; i++) {
            // Exact: every encoding's values are whole in 16 bits.
            pcm[i] = (short) (samples[i * channels + channel] * 32768);
        }
        return pcm;
    }
}

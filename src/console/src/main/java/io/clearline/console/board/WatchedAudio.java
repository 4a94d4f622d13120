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
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Audio of the few streams that somebody looks at; the one not asked for longest makes room. Not thread-safe. */
final class WatchedAudio {
    /** 60 s of 48 kHz on both sides are 11.5 MB. */
    static final int MAX_STREAMS = 8;

    static final long RELEASE_MILLIS = 30_000;

    private final Map<String, Watched> watched = new HashMap<>();

    private static final class Watched {
        final AudioRing ring = new AudioRing();
        long askedMillis;
    }

    /** The ring of a stream, and whether it is new: then what came before should be read back. */
    record Asked(AudioRing ring, boolean isNew) {}

    Asked ask(String streamId, long nowMillis) {
        Watched found = watched.get(streamId);
        boolean isNew = found == null;
        if (isNew) {
            if (watched.size() == MAX_STREAMS) {
                watched.values().remove(leastRecent());
            }
            found = new Watched();
            watched.put(streamId, found);
        }
        found.askedMillis = nowMillis;
        return new Asked(found.ring, isNew);
    }

    private Watched leastRecent() {
        return watched.values().stream()
                .min(Comparator.comparingLong(each -> each.askedMillis))
                .orElseThrow();
    }

    int size() {
        return watched.size();
    }

    void release(long nowMillis) {
        watched.values().removeIf(each -> nowMillis - each.askedMillis > RELEASE_MILLIS);
    }

    void in(AudioFrame frame, long nowMillis) {
        Watched found = watched.get(frame.getStreamId());
        if (found != null) {
            found.ring.before(
                    frame.getSequence(),
                    frame.getCaptureTimeMicros(),
                    frame.getSampleRateHz(),
                    firstChannel(frame.getEncoding(), frame.getPayload(), frame.getChannels()),
                    nowMillis);
        }
    }

    void out(EnhancedFrame frame, long nowMillis) {
        Watched found = watched.get(frame.getStreamId());
        if (found != null) {
            found.ring.after(
                    frame.getSequence(),
                    frame.getCaptureTimeMicros(),
                    frame.getSampleRateHz(),
                    firstChannel(frame.getEncoding(), frame.getPayload(), frame.getChannels()),
                    flags(frame),
                    nowMillis);
        }
    }

    void readBackEnded(String streamId) {
        Watched found = watched.get(streamId);
        if (found != null) {
            found.ring.readBackEnded();
        }
    }

    private static int flags(EnhancedFrame frame) {
        return (frame.getEnhanced() ? PairedFrame.ENHANCED : 0)
                | (frame.getBypassed() ? PairedFrame.DRY : 0)
                | (frame.getConcealed() ? PairedFrame.CONCEALED : 0);
    }

    /** What is looked at and listened to of a frame that interleaves several channels: the first. */
    private static short[] firstChannel(AudioEncoding encoding, ByteBuffer payload, int channels) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        float[] samples = new float[bytes.length / FrameLimits.bytesPerSample(encoding)];
        FramePayload.decode(encoding, bytes, 0, samples, 0, samples.length);
        short[] pcm = new short[samples.length / channels];
        for (int i = 0; i < pcm.length; i++) {
            // Exact: every encoding's values are whole in 16 bits.
            pcm[i] = (short) (samples[i * channels] * 32768);
        }
        return pcm;
    }
}

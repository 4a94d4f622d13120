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
package io.clearline.job.stream;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.FrameCutter;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Streams of frames for tests: 20 ms each, the first at the epoch, the last one marked as such. */
public final class Frames {
    private Frames() {}

    /** Returns a clip cut into frames. */
    public static List<StreamFrame> of(String streamId, AudioClip clip, AudioEncoding encoding) {
        return of(streamId, List.of(clip), encoding);
    }

    /** Returns clips of the same rate and length as the channels of frames. */
    public static List<StreamFrame> of(String streamId, List<AudioClip> channels, AudioEncoding encoding) {
        FrameCutter cutter = new FrameCutter(streamId, channels, encoding, 20, 0);
        List<StreamFrame> frames = new ArrayList<>();
        StreamFrame frame = new StreamFrame();
        while (cutter.next(frame)) {
            StreamFrame copy = new StreamFrame();
            copy.copyFrom(frame);
            frames.add(copy);
        }
        return frames;
    }

    /** Returns frames of noise, which depends on the seed. */
    public static List<StreamFrame> noise(String streamId, int sampleRateHz, double seconds, long seed) {
        return noise(streamId, sampleRateHz, 1, seconds, seed);
    }

    /** Returns frames of noise in several channels. Channel c has the noise of {@code seed + c}. */
    public static List<StreamFrame> noise(String streamId, int sampleRateHz, int channels, double seconds, long seed) {
        return of(streamId, noiseClips(sampleRateHz, channels, seconds, seed), AudioEncoding.PCM_S16LE);
    }

    /** Returns the channels of {@link #noise(String, int, int, double, long)}. */
    public static List<AudioClip> noiseClips(int sampleRateHz, int channels, double seconds, long seed) {
        return IntStream.range(0, channels)
                .mapToObj(channel -> Signals.whiteNoise((int) (sampleRateHz * seconds), 0.1, seed + channel))
                .map(samples -> new AudioClip(samples, sampleRateHz))
                .toList();
    }

    /** Returns copies that are renumbered from the given sequence number and capture time on, 20 ms apart. */
    public static List<StreamFrame> numbered(List<StreamFrame> frames, long firstSequence, long firstMicros) {
        List<StreamFrame> numbered = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            StreamFrame copy = new StreamFrame();
            copy.copyFrom(frames.get(i));
            copy.sequence = firstSequence + i;
            copy.captureTimeMicros = firstMicros + 20_000L * i;
            copy.lastOfStream = false;
            numbered.add(copy);
        }
        return numbered;
    }

    /** Returns copies with the name of a session. */
    public static List<StreamFrame> ofSession(String session, List<StreamFrame> frames) {
        List<StreamFrame> named = later(frames, 0);
        named.forEach(frame -> frame.session = session);
        return named;
    }

    /** Returns copies that were captured later. */
    public static List<StreamFrame> later(List<StreamFrame> frames, long micros) {
        List<StreamFrame> later = new ArrayList<>();
        for (StreamFrame frame : frames) {
            StreamFrame copy = new StreamFrame();
            copy.copyFrom(frame);
            copy.captureTimeMicros += micros;
            later.add(copy);
        }
        return later;
    }
}

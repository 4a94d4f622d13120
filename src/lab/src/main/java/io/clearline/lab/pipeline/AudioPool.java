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
package io.clearline.lab.pipeline;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.FramePayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Recordings as 16-bit PCM, cut into frames of 20 ms and repeated endlessly. Immutable. */
public final class AudioPool {
    static final int FRAME_MILLIS = 20;
    private static final int BYTES_PER_SAMPLE = 2;
    /** Distance between the starts of two successive streams: a prime, so that few of them coincide. */
    private static final long START_STRIDE_FRAMES = 97;

    private final int sampleRateHz;
    private final List<byte[]> recordings = new ArrayList<>();

    /**
     * Takes the recordings with the given sample rate and ignores the others.
     *
     * @throws IOException if no recording has this sample rate
     */
    public AudioPool(List<AudioClip> clips, int sampleRateHz) throws IOException {
        this.sampleRateHz = sampleRateHz;
        for (AudioClip clip : clips) {
            if (clip.sampleRateHz() == sampleRateHz) {
                recordings.add(pcm(clip));
            }
        }
        if (recordings.isEmpty()) {
            throw new IOException("Expected sample audio at the model's rate of " + sampleRateHz
                    + " Hz, found none; choose a model of 8000 or 16000 Hz.");
        }
    }

    private static byte[] pcm(AudioClip clip) {
        byte[] bytes = new byte[BYTES_PER_SAMPLE * clip.samples().length];
        FramePayload.encode(AudioEncoding.PCM_S16LE, clip.samples(), 0, bytes, clip.samples().length);
        return bytes;
    }

    int sampleRateHz() {
        return sampleRateHz;
    }

    /** Returns the number of samples in one frame. */
    public int frameSamples() {
        return sampleRateHz * FRAME_MILLIS / 1000;
    }

    /**
     * Returns the payload of one frame as a view of a recording, which must not be modified. Streams with the same
     * recording start at different frames of it.
     *
     * @param stream number of the stream
     * @param sequence number of the frame in the stream
     */
    ByteBuffer frame(int stream, long sequence) {
        byte[] recording = recordings.get(Math.floorMod(stream, recordings.size()));
        int frameBytes = BYTES_PER_SAMPLE * frameSamples();
        int frames = recording.length / frameBytes;
        int frame = (int) Math.floorMod(sequence + START_STRIDE_FRAMES * stream, (long) frames);
        return ByteBuffer.wrap(recording, frame * frameBytes, frameBytes).slice();
    }
}

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
package io.clearline.dsp.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Reads one stream of audio from its first sample to its last, in constant memory. Thread-confined.
 *
 * <p>A reader gives what is in the file or throws; it never makes sound up. What it had to assume is a warning.
 */
public interface AudioReader extends Closeable {
    /** What the stream is; constant. */
    AudioSpec spec();

    /**
     * Reads up to {@code maxFrames} frames.
     *
     * @param out {@code [frames x channels]}, interleaved; full scale is 1, every value finite
     * @return the number of frames; 0 only at the end
     * @throws BadAudioException when the file is damaged here
     */
    int read(float[] out, int maxFrames) throws IOException;

    /** What was assumed so far, a sentence each; complete after the last frame. */
    List<String> warnings();

    /** What the file says beside the sound; complete after the last frame. */
    AudioTags tags();
}

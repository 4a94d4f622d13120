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
 * Reads one stream of audio from the first sample to the last, in constant memory. Thread-confined.
 *
 * <p>A reader returns the samples of the file or throws; it never invents samples. It reports every assumption that it
 * had to make as a warning.
 */
public interface AudioReader extends Closeable {
    /** Returns the description of the stream, which does not change. */
    AudioSpec spec();

    /**
     * Reads up to {@code maxFrames} frames.
     *
     * @param out receives interleaved samples, {@code [frames x channels]}; full scale is 1, every value is finite
     * @return the number of frames; 0 only at the end
     * @throws BadAudioException if the file is damaged at this position
     */
    int read(float[] out, int maxFrames) throws IOException;

    /** Returns the warnings so far, one sentence each. They are complete after the last frame. */
    List<String> warnings();

    /** Returns the metadata so far. It is complete after the last frame. */
    AudioTags tags();
}

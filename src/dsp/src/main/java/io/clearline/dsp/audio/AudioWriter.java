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

/** Writes one stream of audio, in constant memory. Thread-confined. */
public interface AudioWriter extends Closeable {
    /**
     * Appends frames.
     *
     * @param samples interleaved samples, {@code [frames x channels]}; full scale is 1
     */
    void write(float[] samples, int frames) throws IOException;

    /** Sets all tags, including those that a reader found after the sound. Call it before {@link #close}. */
    void tags(AudioTags tags) throws IOException;

    /** Completes the output and closes it. If the output is seekable, the header is updated with the true length. */
    @Override
    void close() throws IOException;
}

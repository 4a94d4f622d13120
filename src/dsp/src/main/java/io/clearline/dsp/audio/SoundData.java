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

import java.util.ArrayList;
import java.util.List;

/**
 * The result of parsing a header: format and length of uncompressed samples, metadata and warnings. A parser fills it
 * and passes it to {@link PcmReader}. Thread-confined.
 */
final class SoundData {
    /** The length of sound that continues to the end of the file, because the header does not state it. */
    static final long TO_THE_END = -1;

    /** Reads the part of a file after the sound. */
    interface Trailer {
        /** Called once, with the source at the end of the sound. */
        void read(ByteSource source, SoundData found) throws java.io.IOException;
    }

    AudioSpec spec;
    boolean bigEndian;
    boolean unsignedByte;
    /** Length of the sound in bytes, or {@link #TO_THE_END}. */
    long bytes;

    final AudioTags tags = new AudioTags();
    final List<String> warnings = new ArrayList<>();
    Trailer trailer = (source, found) -> {};
}

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

import java.io.IOException;

/** Thrown if audio cannot be read without errors. The message says what was found, without the name of the file. */
public final class BadAudioException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether the format is unknown here, so that another program may be able to read it. */
    private final boolean foreign;

    BadAudioException(String message) {
        this(message, false);
    }

    private BadAudioException(String message, boolean foreign) {
        super(message);
        this.foreign = foreign;
    }

    /** Creates an exception for a format that this package does not support. */
    static BadAudioException foreign(String message) {
        return new BadAudioException(message, true);
    }

    /** Returns whether another program, such as {@code ffmpeg}, may be able to read the audio. */
    boolean isForeign() {
        return foreign;
    }
}

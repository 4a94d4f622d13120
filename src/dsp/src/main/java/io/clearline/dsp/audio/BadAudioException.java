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

/** A file that can't be read rightly. The message says what was found, without the file's name. */
public final class BadAudioException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether another program may know what this one doesn't. */
    private final boolean foreign;

    BadAudioException(String message) {
        this(message, false);
    }

    private BadAudioException(String message, boolean foreign) {
        super(message);
        this.foreign = foreign;
    }

    /** Sound in a coding that is none of ours. */
    static BadAudioException foreign(String message) {
        return new BadAudioException(message, true);
    }

    boolean isForeign() {
        return foreign;
    }
}

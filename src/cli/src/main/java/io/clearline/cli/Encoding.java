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
package io.clearline.cli;

import io.clearline.schemas.AudioEncoding;

/** The encodings by their names on the command line. */
enum Encoding {
    PCM(AudioEncoding.PCM_S16LE),
    MULAW(AudioEncoding.PCMU),
    ALAW(AudioEncoding.PCMA);

    private final AudioEncoding wire;

    Encoding(AudioEncoding wire) {
        this.wire = wire;
    }

    /** Returns the encoding as it is written in records. */
    AudioEncoding wire() {
        return wire;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

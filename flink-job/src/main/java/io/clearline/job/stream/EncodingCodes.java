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

import io.clearline.schemas.AudioEncoding;
import java.io.IOException;

/**
 * The codes of encodings in stored state and in records between tasks. Codes are fixed, so the enum can be reordered
 * and extended without changing what is stored.
 */
final class EncodingCodes {
    private static final int PCM_S16LE = 0;
    private static final int PCMU = 1;
    private static final int PCMA = 2;

    private EncodingCodes() {}

    /** Returns the code of an encoding. */
    static int codeOf(AudioEncoding encoding) {
        return switch (encoding) {
            case PCM_S16LE -> PCM_S16LE;
            case PCMU -> PCMU;
            case PCMA -> PCMA;
        };
    }

    /**
     * Returns the encoding with a code.
     *
     * @throws IOException if no encoding has this code
     */
    static AudioEncoding encodingOf(int code) throws IOException {
        return switch (code) {
            case PCM_S16LE -> AudioEncoding.PCM_S16LE;
            case PCMU -> AudioEncoding.PCMU;
            case PCMA -> AudioEncoding.PCMA;
            default ->
                throw new IOException("Expected the code of an encoding, 0 to 2, found " + code
                        + "; a newer version of Clearline wrote it, or the state is damaged.");
        };
    }
}

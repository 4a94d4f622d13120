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
package io.clearline.schemas.frame;

import io.clearline.dsp.G711;
import io.clearline.dsp.HotPath;
import io.clearline.dsp.Pcm16;
import io.clearline.schemas.AudioEncoding;

/** Converts between samples (full scale 1) and the bytes of a payload, for every {@link AudioEncoding}. Stateless. */
public final class FramePayload {
    private FramePayload() {}

    /** Decodes {@code length} samples of the payload, starting at sample {@code fromSample}. */
    @HotPath
    public static void decode(
            AudioEncoding encoding, byte[] payload, int fromSample, float[] out, int outOffset, int length) {
        switch (encoding) {
            case PCM_S16LE -> Pcm16.decode(payload, 2 * fromSample, out, outOffset, length);
            case PCMU -> G711.decodeMuLaw(payload, fromSample, out, outOffset, length);
            case PCMA -> G711.decodeALaw(payload, fromSample, out, outOffset, length);
        }
    }

    /** Encodes {@code length} samples into the first bytes of {@code out}. */
    @HotPath
    public static void encode(AudioEncoding encoding, float[] samples, int offset, byte[] out, int length) {
        switch (encoding) {
            case PCM_S16LE -> Pcm16.encode(samples, offset, out, 0, length);
            case PCMU -> G711.encodeMuLaw(samples, offset, out, 0, length);
            case PCMA -> G711.encodeALaw(samples, offset, out, 0, length);
        }
    }
}

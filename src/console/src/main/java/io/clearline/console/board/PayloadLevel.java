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
package io.clearline.console.board;

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;

/** Measures the level of frames. Thread-confined, because it reuses its buffers. */
final class PayloadLevel {
    /** The level that is reported for digital silence, and the lowest one of all. */
    static final float SILENCE_DB = -96;

    private byte[] bytes = new byte[2048];
    private float[] samples = new float[1024];

    /** Returns the RMS level of a payload over all its channels, in dB relative to full scale. */
    float rmsDb(AudioEncoding encoding, ByteBuffer payload) {
        int length = payload.remaining() / FrameLimits.bytesPerSample(encoding);
        if (length == 0) {
            return SILENCE_DB;
        }
        reserve(payload.remaining(), length);
        payload.duplicate().get(bytes, 0, payload.remaining());
        FramePayload.decode(encoding, bytes, 0, samples, 0, length);
        double power = 0;
        for (int i = 0; i < length; i++) {
            power += samples[i] * samples[i];
        }
        return power == 0 ? SILENCE_DB : (float) Math.max(SILENCE_DB, 10 * Math.log10(power / length));
    }

    private void reserve(int byteCount, int sampleCount) {
        if (bytes.length < byteCount) {
            bytes = new byte[byteCount];
        }
        if (samples.length < sampleCount) {
            samples = new float[sampleCount];
        }
    }
}

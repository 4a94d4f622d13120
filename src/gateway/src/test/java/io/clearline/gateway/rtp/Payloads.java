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
package io.clearline.gateway.rtp;

import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.G711;
import io.clearline.dsp.Resampler;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Payloads of 20 ms at 8 kHz for tests. */
final class Payloads {
    static final int FRAME = 160;

    private Payloads() {}

    /** Returns speech of the samples that Clearline ships, at 8 kHz, repeated to the given length. */
    static float[] speech(int seconds) throws IOException {
        float[] wide = AudioFiles.read(Samples.speech().get(0)).samples();
        Resampler resampler = new Resampler(16_000, 8000);
        float[] narrow = new float[resampler.maxOutputSamples(wide.length)];
        int length = resampler.process(wide, 0, wide.length, narrow, 0);
        float[] out = new float[8000 * seconds];
        for (int i = 0; i < out.length; i++) {
            out[i] = narrow[i % length];
        }
        return out;
    }

    static List<byte[]> muLaw(float[] samples) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            byte[] bytes = new byte[FRAME];
            G711.encodeMuLaw(samples, at, bytes, 0, FRAME);
            packets.add(bytes);
        }
        return packets;
    }

    static float[] decodeMuLaw(List<byte[]> packets) {
        float[] out = new float[packets.size() * FRAME];
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            if (packet == null) {
                Arrays.fill(out, i * FRAME, (i + 1) * FRAME, 0f);
            } else {
                G711.decodeMuLaw(packet, 0, out, i * FRAME, FRAME);
            }
        }
        return out;
    }
}

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
package io.clearline.dsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import java.util.Arrays;

/** Payloads of G.711: any bytes are samples within full scale, which code to bytes that mean the same samples. */
class G711FuzzTest {
    @FuzzTest
    void anyBytesAreSamples(byte[] bytes) {
        float[] samples = new float[bytes.length];
        float[] again = new float[bytes.length];
        byte[] coded = new byte[bytes.length];

        G711.decodeMuLaw(bytes, 0, samples, 0, bytes.length);
        G711.encodeMuLaw(samples, 0, coded, 0, bytes.length);
        G711.decodeMuLaw(coded, 0, again, 0, bytes.length);
        assertSame(samples, again);

        G711.decodeALaw(bytes, 0, samples, 0, bytes.length);
        G711.encodeALaw(samples, 0, coded, 0, bytes.length);
        G711.decodeALaw(coded, 0, again, 0, bytes.length);
        assertSame(samples, again);
    }

    private static void assertSame(float[] samples, float[] again) {
        Limits.assertWithinFullScale(samples);
        if (!Arrays.equals(samples, again)) {
            throw new AssertionError("coded and decoded again, the samples differ");
        }
    }
}

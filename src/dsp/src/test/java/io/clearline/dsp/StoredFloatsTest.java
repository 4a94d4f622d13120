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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFloatsTest {
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 5000})
    void theBytesAreThoseOfSingleValues(int length) throws IOException {
        float[] values = values(length + 3);
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        DataOutputStream one = new DataOutputStream(single);
        for (int i = 0; i < length; i++) {
            one.writeFloat(values[2 + i]);
        }
        assertThat(written(values, 2, length)).isEqualTo(single.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 5000})
    void whatWasWrittenIsReadBackIntoItsPlace(int length) throws IOException {
        float[] values = values(length + 3);
        float[] back = new float[length + 3];
        StoredFloats.read(input(written(values, 2, length)), back, 2, length);
        assertThat(Arrays.copyOfRange(back, 2, 2 + length)).isEqualTo(Arrays.copyOfRange(values, 2, 2 + length));
        assertThat(back[0]).isZero();
        assertThat(back[2 + length]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1025})
    void anEndThatComesTooEarlyIsAnError(int length) throws IOException {
        byte[] bytes = written(values(length), 0, length);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> StoredFloats.read(input(cut), new float[length]))
                .isInstanceOf(EOFException.class);
    }

    private float[] values(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static byte[] written(float[] values, int offset, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoredFloats.write(new DataOutputStream(bytes), values, offset, length);
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}

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
package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearline.testkit.Allocation;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    private static final List<Tensor> TENSORS = List.of(
            new Tensor("b", new int[] {2, 3}, new float[] {0, 1, -2, Float.NaN, Float.MIN_VALUE, Float.MAX_VALUE}),
            new Tensor("a", new int[] {}, new float[] {7}));

    @Test
    void everyBitComesBackInOrder() throws Exception {
        List<Tensor> read = SafetensorsFile.read("f", SafetensorsFile.write(TENSORS, Map.of("k", "v")));

        assertThat(read).usingRecursiveComparison(Models.toTheBit()).isEqualTo(TENSORS);
    }

    /** {@code by-python.safetensors} was written by {@code save_file} of the Python package safetensors. */
    @Test
    void readsAFileOfTheReferenceImplementation() throws Exception {
        try (InputStream file = SafetensorsFileTest.class.getResourceAsStream("by-python.safetensors")) {
            assertThat(SafetensorsFile.read("by-python.safetensors", file.readAllBytes()))
                    .usingRecursiveComparison(Models.toTheBit())
                    .isEqualTo(List.of(
                            new Tensor("a", new int[] {1}, new float[] {7}),
                            new Tensor("b", new int[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5})));
        }
    }

    @Test
    void isLaidOutAsTheFormatSays() {
        byte[] bytes = SafetensorsFile.write(List.of(TENSORS.get(1)), Map.of("k", "v"));

        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = (int) file.getLong();
        assertThat(headerBytes % 8).isZero();
        assertThat(new String(bytes, 8, headerBytes, StandardCharsets.UTF_8).trim())
                .isEqualTo(
                        "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}");
        assertThat(file.getFloat(8 + headerBytes)).isEqualTo(7);
        assertThat(bytes).hasSize(8 + headerBytes + 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a gap              | {'a': {'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8
            an overlap         | {'a': {'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b': {'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8
            trailing bytes     | {'a': {'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 5
            missing data       | {'a': {'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | 15
            reversed offsets   | {'a': {'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4
            negative offset    | {'a': {'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | 4
            three offsets      | {'a': {'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | 4
            offsets as text    | {'a': {'dtype':'F32','shape':[1],'data_offsets':['0','4']}} | 4
            fractional offset  | {'a': {'dtype':'F32','shape':[1],'data_offsets':[0.5,4.5]}} | 4
            no offsets         | {'a': {'dtype':'F32','shape':[1]}} | 4
            offsets an object  | {'a': {'dtype':'F32','shape':[1],'data_offsets':{'x':0,'y':4}}} | 4
            no shape           | {'a': {'dtype':'F32','data_offsets':[0,4]}} | 4
            shape and size     | {'a': {'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4
            an empty dimension | {'a': {'dtype':'F32','shape':[0],'data_offsets':[0,0]}} | 0
            a huge dimension   | {'a': {'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}} | 4
            an overflow        | {'a': {'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}} | 4
            another type       | {'a': {'dtype':'F16','shape':[2],'data_offsets':[0,4]}} | 4
            no type            | {'a': {'shape':[1],'data_offsets':[0,4]}} | 4
            a repeated name    | {'a': {'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a': {'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4
            half a header      | {'a': {'dtype':'F32' | 4
            two headers        | {} {} | 0
            """)
    void refuses(String what, String header, int dataBytes) {
        assertThatExceptionOfType(ModelFormatException.class)
                .as(what)
                .isThrownBy(() -> SafetensorsFile.read("weights.file", file(header, dataBytes)))
                .withMessageStartingWith("weights.file: ");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "1000", "2147483647", "9223372036854775807", "-9223372036854775808"})
    void aHeaderLengthThatTheFileCannotHoldAllocatesNothing(long headerBytes) {
        byte[] file = file("{}", 100);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(headerBytes);

        assertThat(Allocation.bytesAllocatedBy(1, () -> assertThatExceptionOfType(ModelFormatException.class)
                        .isThrownBy(() -> SafetensorsFile.read("f", file))))
                .isLessThan(1 << 20);
    }

    @Test
    void damageIsAlwaysReportedAsAFormatError() {
        byte[] sound = SafetensorsFile.write(TENSORS, Map.of());
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(3) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(SafetensorsFile.read("f", damaged)).hasSizeLessThanOrEqualTo(2);
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageStartingWith("f: ");
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + ": " + Arrays.toString(damaged), e);
            }
        }
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}

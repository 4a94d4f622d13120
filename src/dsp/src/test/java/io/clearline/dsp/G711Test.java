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

import io.clearline.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with tables 1 and 2 of ITU-T G.711: transmitted character signals and decoder output values. */
class G711Test {
    private static final float FULL_SCALE = 32768f;
    /** Factors from the units of the tables to 16 bits: table 2 has 14 bits, table 1 has 13. */
    private static final int MU_LAW_UNIT = 4;

    private static final int A_LAW_UNIT = 8;

    @ParameterizedTest
    @CsvSource({
        "0x80, 8031",
        "0x8f, 4191",
        "0x9f, 2079",
        "0xaf, 1023",
        "0xbf, 495",
        "0xcf, 231",
        "0xdf, 99",
        "0xef, 33",
        "0xfe, 2",
        "0xff, 0",
        "0x00, -8031",
        "0x0f, -4191",
        "0x1f, -2079",
        "0x7e, -2",
        "0x7f, 0"
    })
    void decodesMuLawToTheStandardsValues(int code, int value) {
        assertThat(muLaw(code)).isEqualTo(value * MU_LAW_UNIT / FULL_SCALE);
    }

    /** The character signals of table 1 before the inversion of the even bits. */
    @ParameterizedTest
    @CsvSource({
        "0xff, 4032",
        "0xf0, 2112",
        "0xe0, 1056",
        "0xd0, 528",
        "0xc0, 264",
        "0xb0, 132",
        "0xa0, 66",
        "0x9f, 63",
        "0x80, 1",
        "0x7f, -4032",
        "0x70, -2112",
        "0x00, -1"
    })
    void decodesALawToTheStandardsValues(int character, int value) {
        assertThat(aLaw(character ^ 0x55)).isEqualTo(value * A_LAW_UNIT / FULL_SCALE);
    }

    /** Decision values x of table 2. A sample from x on belongs to the louder code. */
    @ParameterizedTest
    @CsvSource({
        "7903, 0x80",
        "4319, 0x8e",
        "4063, 0x8f",
        "2143, 0x9e",
        "2015, 0x9f",
        "1055, 0xae",
        "991, 0xaf",
        "511, 0xbe",
        "479, 0xbf",
        "239, 0xce",
        "223, 0xcf",
        "103, 0xde",
        "95, 0xdf",
        "35, 0xee",
        "31, 0xef",
        "3, 0xfd",
        "1, 0xfe"
    })
    void encodesMuLawAtTheStandardsThresholds(int decision, int louder) {
        assertThat(encodeMuLaw(decision * MU_LAW_UNIT)).isEqualTo(louder);
        assertThat(encodeMuLaw(decision * MU_LAW_UNIT - 1)).isEqualTo(louder + 1);
        assertThat(encodeMuLaw(-decision * MU_LAW_UNIT)).isEqualTo(louder & 0x7f);
    }

    /** Decision values x of table 1. */
    @ParameterizedTest
    @CsvSource({
        "3968, 0xff",
        "2176, 0xf1",
        "2048, 0xf0",
        "1088, 0xe1",
        "1024, 0xe0",
        "512, 0xd0",
        "256, 0xc0",
        "128, 0xb0",
        "64, 0xa0",
        "62, 0x9f",
        "4, 0x82",
        "2, 0x81"
    })
    void encodesALawAtTheStandardsThresholds(int decision, int louder) {
        assertThat(encodeALaw(decision * A_LAW_UNIT) ^ 0x55).isEqualTo(louder);
        assertThat(encodeALaw(decision * A_LAW_UNIT - 1) ^ 0x55).isEqualTo(louder - 1);
        assertThat(encodeALaw(-decision * A_LAW_UNIT - 1) ^ 0x55).isEqualTo(louder & 0x7f);
    }

    @Test
    void everyCodeOfMuLawComesBackButTheSecondZero() {
        for (int code = 0; code < 256; code++) {
            assertThat(encodeMuLaw(G711.muLawToInt(code))).isEqualTo(code == 0x7f ? 0xff : code);
        }
    }

    @Test
    void everyCodeOfALawComesBack() {
        for (int code = 0; code < 256; code++) {
            assertThat(encodeALaw(G711.aLawToInt(code))).isEqualTo(code);
        }
    }

    /** The largest error is half a step of the loudest segment, or the clipping beyond its last code. */
    @Test
    void no16BitValueIsFurtherFromItsCodeThanHalfAStep() {
        for (int value = Short.MIN_VALUE; value <= Short.MAX_VALUE; value++) {
            int clipped = Math.max(-32635, Math.min(32635, value));
            assertThat(Math.abs(G711.muLawToInt(encodeMuLaw(value)) - clipped))
                    .isLessThanOrEqualTo(4 + (Math.abs(value) + 132) / 32);
            assertThat(Math.abs(G711.aLawToInt(encodeALaw(value)) - value))
                    .isLessThanOrEqualTo(Math.max(8, 1 + Math.abs(value) / 32));
        }
    }

    @Test
    void clampsWhatIsBeyondFullScale() {
        byte[] codes = new byte[2];
        G711.encodeMuLaw(new float[] {7f, -7f}, 0, codes, 0, 2);
        assertThat(codes).containsExactly(0x80, 0x00);
    }

    @Test
    void allocatesNothing() {
        byte[] codes = new byte[160];
        float[] samples = new float[160];
        Allocation.assertNoAllocation(() -> {
            G711.encodeMuLaw(samples, 0, codes, 0, 160);
            G711.decodeMuLaw(codes, 0, samples, 0, 160);
            G711.encodeALaw(samples, 0, codes, 0, 160);
            G711.decodeALaw(codes, 0, samples, 0, 160);
        });
    }

    private static float muLaw(int code) {
        float[] out = new float[1];
        G711.decodeMuLaw(new byte[] {(byte) code}, 0, out, 0, 1);
        return out[0];
    }

    private static float aLaw(int code) {
        float[] out = new float[1];
        G711.decodeALaw(new byte[] {(byte) code}, 0, out, 0, 1);
        return out[0];
    }

    private static int encodeMuLaw(int value) {
        byte[] code = new byte[1];
        G711.encodeMuLaw(new float[] {value / FULL_SCALE}, 0, code, 0, 1);
        return code[0] & 0xff;
    }

    private static int encodeALaw(int value) {
        byte[] code = new byte[1];
        G711.encodeALaw(new float[] {value / FULL_SCALE}, 0, code, 0, 1);
        return code[0] & 0xff;
    }
}

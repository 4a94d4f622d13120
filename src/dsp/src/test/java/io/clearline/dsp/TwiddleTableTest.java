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

import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JTransforms fills its float tables from {@code Math.sin} and {@code Math.cos} of float angles, which may be an ulp
 * off the true value, differently on each JDK and processor. Here each value is computed with {@link StrictMath}, which
 * is within an ulp as well: where the two bounds of 2 ulp around it round to the same float, no conforming {@code Math}
 * can give another table.
 */
@Tag("jdk")
class TwiddleTableTest {
    private static final float TWO_PI = 6.28318530717958623199592693708837032f;

    /** Everything that may stand in a table. */
    private final Set<Float> known = new HashSet<>();

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024})
    void noJdkCanGiveOtherTablesAtPowersOfTwo(int points) throws ReflectiveOperationException {
        addSplitRadixAngles(points / 4);
        addSplitRadixAngles(points / 8);
        assertKnown(table(points, "w"));
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 400})
    void noJdkCanGiveOtherTablesAtMixedRadices(int points) throws ReflectiveOperationException {
        float unit = TWO_PI / points;
        for (int step = 0; step < points; step++) {
            float angle = step * unit;
            for (int i = 0; i <= points / 2; i++) {
                addSineAndCosine(i * angle);
            }
        }
        float[] table = table(points, "wtable_r");
        // First a scratch area of one window, then the sines and cosines, last the factors of the length.
        assertKnown(Arrays.copyOfRange(table, points, 2 * points));
    }

    private void addSplitRadixAngles(int eighthTurnSteps) {
        float unit = 0.7853982f / eighthTurnSteps;
        addSineAndCosine(2 * unit);
        addSineAndCosine(6 * unit);
        for (int i = 0; i <= eighthTurnSteps; i++) {
            addSineAndCosine(unit * i);
            addSineAndCosine(3 * (unit * i));
        }
    }

    private void addSineAndCosine(float angle) {
        add(StrictMath.sin(angle));
        add(StrictMath.cos(angle));
    }

    private void add(double value) {
        double tolerance = 2 * Math.ulp(value);
        // By hand: there are a hundred thousand of them, and each assertion takes its time.
        if ((float) (value - tolerance) != (float) (value + tolerance)) {
            fail("the float of %s depends on the last bits of the double", value);
        }
        float entry = (float) value;
        known.add(entry);
        known.add(-entry);
        known.add(0.5f * entry);
        known.add(0.5f / entry);
    }

    private void assertKnown(float[] table) {
        for (float entry : table) {
            if (!known.contains(entry)) {
                fail("%s is none of the %d values that a table can have", entry, known.size());
            }
        }
    }

    private static float[] table(int points, String name) throws ReflectiveOperationException {
        Field field = FloatFFT_1D.class.getDeclaredField(name);
        field.setAccessible(true);
        return (float[]) field.get(new FloatFFT_1D(points));
    }
}

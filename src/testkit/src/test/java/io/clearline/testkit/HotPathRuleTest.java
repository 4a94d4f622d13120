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
package io.clearline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.HotPath;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class HotPathRuleTest {
    @Test
    void findsEveryKindOfViolation() {
        assertThat(HotPathRule.violationsOf(Allocating.class))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Allocating.object (line ", "allocates java/lang/Object"),
                        line -> assertThat(line).contains(".array", "allocates an array"),
                        line -> assertThat(line).contains(".table", "allocates [[F"),
                        line -> assertThat(line).contains(".boxed", "calls java.lang.Integer.valueOf"),
                        line -> assertThat(line).contains(".lambda", "invokedynamic"),
                        line -> assertThat(line).contains(".text", "invokedynamic"),
                        line -> assertThat(line).contains(".loop", "calls java.util.List.iterator"),
                        line -> assertThat(line).contains(".sine", "calls java.lang.Math.sin"));
    }

    @Test
    void findsNothingInAllocationFreeCodeAndInConstructorsOfAnnotatedClasses() {
        assertThat(HotPathRule.violationsOf(AllocationFree.class)).isEmpty();
    }

    @HotPath
    @SuppressWarnings("unused")
    static final class AllocationFree {
        private final float[] sums = new float[8];

        float add(float[] values, int offset) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Math.fma(values[offset + i], values[offset + i], sums[i]);
            }
            return (float) Math.sqrt(sums[0]);
        }
    }

    @SuppressWarnings("unused")
    static final class Allocating {
        @HotPath
        Object object() {
            return new Object();
        }

        @HotPath
        float[] array() {
            return new float[3];
        }

        @HotPath
        float[][] table() {
            return new float[3][4];
        }

        @HotPath
        Object boxed(int value) {
            return value;
        }

        @HotPath
        IntSupplier lambda(int value) {
            return () -> value;
        }

        @HotPath
        String text(int value) {
            return "value " + value;
        }

        @HotPath
        int loop(List<String> values) {
            int count = 0;
            for (String value : values) {
                count++;
            }
            return count;
        }

        @HotPath
        double sine(double angle) {
            return Math.sin(angle);
        }

        Object notAnnotated() {
            return new Object();
        }
    }
}

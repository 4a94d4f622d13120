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
package io.clearline.unfolding.mrf;

/**
 * The logistic function and its integral, the softplus function, free of overflow. Both are computed from
 * {@code e^-|z|}, so that a caller which needs both pays for one exponential. Stateless.
 */
final class Sigmoid {

    private Sigmoid() {}

    /** Returns {@code 1 / (1 + e^-z)}. */
    static double of(double z) {
        return of(z, power(z));
    }

    /** Returns {@code e^-|z|}. */
    static double power(double z) {
        return StrictMath.exp(-Math.abs(z));
    }

    /** Returns {@code 1 / (1 + e^-z)}, given the {@link #power} of z. */
    static double of(double z, double power) {
        return (z < 0 ? power : 1) / (1 + power);
    }

    /** Returns {@code log(1 + e^z)}, given the {@link #power} of z. */
    static double integral(double z, double power) {
        return Math.max(z, 0) + StrictMath.log1p(power);
    }
}

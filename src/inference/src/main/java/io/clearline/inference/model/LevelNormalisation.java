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
package io.clearline.inference.model;

/**
 * Normalises each frame by a causal running mean of its level, so that the input of the network does not depend on the
 * gain of the signal. With the magnitudes {@code m} of hop {@code t = 0, 1, ..} and the running level {@code n}:
 *
 * <pre>
 *   n += max(rate, 1 / (t + 1)) * (mean(m) - n)
 *   m = m / n + offset
 * </pre>
 *
 * @param rate of the running mean per hop, in (0, 1]; the first hops use the plain mean
 * @param offset added after the division, in [0, 1); a positive offset keeps the input above zero
 */
public record LevelNormalisation(float rate, float offset) {

    public LevelNormalisation {
        if (!(rate > 0 && rate <= 1) || !(offset >= 0 && offset < 1)) {
            throw new IllegalArgumentException(
                    "level normalisation: expected a rate in (0, 1] and an offset in [0, 1), found " + rate + " and "
                            + offset);
        }
    }

    /** Returns the default: rate 0.03 per hop, offset 1e-4. */
    public static LevelNormalisation standard() {
        return new LevelNormalisation(0.03f, 1e-4f);
    }
}

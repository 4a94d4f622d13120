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
 * Divides each frame by a causal running level, so that the network sees the same input at every gain: {@code n +=
 * max(rate, 1 / (t + 1)) * (mean(m) - n); m = m / n + offset}.
 */
public record LevelNormalisation(float rate, float offset) {

    public LevelNormalisation {
        if (!(rate > 0 && rate <= 1) || !(offset >= 0 && offset < 1)) {
            throw new IllegalArgumentException(
                    "level normalisation: expected a rate in (0, 1] and an offset in [0, 1), found " + rate + " and "
                            + offset);
        }
    }

    /** Rate 0.03 a hop, offset 1e-4. */
    public static LevelNormalisation standard() {
        return new LevelNormalisation(0.03f, 1e-4f);
    }
}

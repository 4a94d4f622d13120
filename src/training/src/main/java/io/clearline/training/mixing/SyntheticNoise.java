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
package io.clearline.training.mixing;

import java.util.SplittableRandom;

/**
 * Synthesises coloured noise, white to brown, with constant or modulated level and occasional hum. The recorded noises
 * contain too little stationary noise. Stateless.
 */
final class SyntheticNoise {
    private SyntheticNoise() {}

    static float[] draw(SplittableRandom random, int samples, int sampleRateHz) {
        float[] noise = new float[samples];
        double colour = 0.98 * random.nextDouble();
        double swellHz = 0.2 + 4 * random.nextDouble();
        double swell = random.nextBoolean() ? 0 : 0.9 * random.nextDouble();
        double humHz = random.nextBoolean() ? 50 : 60;
        double hum = random.nextInt(4) == 0 ? 0.3 * random.nextDouble() : 0;
        double low = 0;
        for (int i = 0; i < samples; i++) {
            double white = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            low = colour * low + (1 - colour) * white;
            double time = (double) i / sampleRateHz;
            double level = 1 + swell * Math.sin(2 * Math.PI * swellHz * time);
            double mains = hum * (Math.sin(2 * Math.PI * humHz * time) + 0.5 * Math.sin(6 * Math.PI * humHz * time));
            noise[i] = (float) (level * low / Math.sqrt(1 - colour) + mains);
        }
        return noise;
    }
}

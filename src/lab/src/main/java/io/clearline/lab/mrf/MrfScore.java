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
package io.clearline.lab.mrf;

import io.clearline.unfolding.mrf.CrossEntropy;
import org.ejml.data.DMatrixRMaj;

/**
 * How good probabilities are on test images.
 *
 * @param bits cross-entropy of the clean pixel, in bits a pixel; 1 is a coin
 * @param errorRate share of pixels that are more likely wrong than right
 */
public record MrfScore(double bits, double errorRate) {

    static MrfScore of(DMatrixRMaj probabilities, DMatrixRMaj clean) {
        int pixels = clean.getNumElements();
        int wrong = 0;
        for (int i = 0; i < pixels; i++) {
            wrong += probabilities.data[i] > 0.5 == clean.data[i] > 0.5 ? 0 : 1;
        }
        double nats = new CrossEntropy(clean).value(probabilities);
        return new MrfScore(nats / pixels / Math.log(2), (double) wrong / pixels);
    }
}

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
 * Score of inferred probabilities on test images. Immutable.
 *
 * @param bits cross-entropy of the clean pixels, in bits a pixel; guessing with probability 1/2 scores 1
 * @param errorRate share of pixels whose more probable state is wrong, 0 to 1
 */
public record MrfScore(double bits, double errorRate) {

    /** Scores probabilities of 1 for clean pixels of 0 or 1, both {@code [units x images]}. */
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

package io.clearline.training.mrf;

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

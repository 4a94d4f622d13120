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
package io.clearline.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Adam (Kingma and Ba 2015) with a warm-up, then full steps, at the end a cosine decline to 2 % of the step, and the
 * gradient's norm clipped at 1. Thread-confined.
 */
public final class Adam {
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.99;
    private static final double MIN_PART = 0.02;
    private static final int WARM_UP_STEPS = 10;
    private static final float MEAN_SHARE = (float) (1 - MEAN_DECAY);
    private static final float SQUARE_SHARE = (float) (1 - SQUARE_DECAY);
    static final double EPSILON = 1e-8;

    private final double stepSize;
    private final int steps;
    private final int steadySteps;
    private final float epsilon;
    private final float[] mean;
    private final float[] square;

    /** A run whose step size declines from the first step on. */
    public Adam(int size, double stepSize, int steps) {
        this(size, stepSize, steps, 0, EPSILON);
    }

    /**
     * Prepares a run.
     *
     * @param stepSize the largest step of a parameter
     * @param steps of the whole run
     * @param steadySteps steps before the decline
     * @param epsilon added to the root of a parameter's mean squared slope
     */
    public Adam(int size, double stepSize, int steps, int steadySteps, double epsilon) {
        this.stepSize = stepSize;
        this.steps = steps;
        this.steadySteps = steadySteps;
        this.epsilon = (float) epsilon;
        mean = new float[size];
        square = new float[size];
    }

    /** Moves the parameters against the gradient, as step number {@code step} from 0. */
    public void update(float[] parameters, float[] gradient, int step) {
        double norm = 0;
        for (float slope : gradient) {
            norm += (double) slope * slope;
        }
        float clip = (float) Math.min(1, 1 / Math.sqrt(norm + 1e-20));
        double meanCorrection = 1 / (1 - Math.pow(MEAN_DECAY, step + 1));
        double squareCorrection = 1 / (1 - Math.pow(SQUARE_DECAY, step + 1));
        float size = (float) (stepSizeAt(step) * meanCorrection);
        float correction = (float) squareCorrection;
        // Floats alone, so that the loop becomes vector instructions.
        for (int i = 0; i < parameters.length; i++) {
            float slope = clip * gradient[i];
            mean[i] += MEAN_SHARE * (slope - mean[i]);
            square[i] += SQUARE_SHARE * (slope * slope - square[i]);
            parameters[i] -= size * mean[i] / ((float) Math.sqrt(square[i] * correction) + epsilon);
        }
    }

    private double stepSizeAt(int step) {
        double warmUp = Math.min(1, (step + 1.0) / WARM_UP_STEPS);
        double cosine = 0.5 + 0.5 * Math.cos(Math.PI * declined(step));
        return stepSize * warmUp * (MIN_PART + (1 - MIN_PART) * cosine);
    }

    /** 0 before the decline, 1 at its end. */
    private double declined(int step) {
        return step <= steadySteps ? 0 : Math.min(1, (double) (step - steadySteps) / (steps - steadySteps));
    }

    /** Writes the running means. */
    public void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            out.writeFloat(mean[i]);
            out.writeFloat(square[i]);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = in.readFloat();
            square[i] = in.readFloat();
        }
    }
}

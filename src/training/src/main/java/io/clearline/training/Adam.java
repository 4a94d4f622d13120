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
 * The Adam optimiser (Kingma and Ba 2015) with a learning-rate schedule and gradient clipping. The step size rises
 * linearly during a warm-up of ten steps, stays constant, and finally declines along a cosine to 2 % of its maximum.
 * The norm of the gradient is clipped at 1. Thread-confined.
 */
public final class Adam {
    /** beta_1. */
    private static final double MEAN_DECAY = 0.9;

    /** beta_2. */
    private static final double SQUARE_DECAY = 0.99;

    /** Final step size, relative to the maximum. */
    private static final double MIN_PART = 0.02;

    private static final int WARM_UP_STEPS = 10;
    private static final float MEAN_SHARE = (float) (1 - MEAN_DECAY);
    private static final float SQUARE_SHARE = (float) (1 - SQUARE_DECAY);
    /** Default of epsilon. */
    static final double EPSILON = 1e-8;

    private final double stepSize;
    private final int steps;
    private final int steadySteps;
    private final float epsilon;
    private final float[] mean;
    private final float[] square;

    /** Creates an optimiser whose step size declines from the first step on. */
    public Adam(int size, double stepSize, int steps) {
        this(size, stepSize, steps, 0, EPSILON);
    }

    /**
     * Creates an optimiser.
     *
     * @param size number of parameters
     * @param stepSize maximum of the step size
     * @param steps number of steps of the whole run, which the schedule is based on
     * @param steadySteps number of steps before the step size declines
     * @param epsilon added to the root of the mean squared gradient of a parameter
     */
    public Adam(int size, double stepSize, int steps, int steadySteps, double epsilon) {
        this.stepSize = stepSize;
        this.steps = steps;
        this.steadySteps = steadySteps;
        this.epsilon = (float) epsilon;
        mean = new float[size];
        square = new float[size];
    }

    /**
     * Performs one step: moves the parameters against the gradient.
     *
     * @param parameters modified in place
     * @param step index of the step, from 0
     */
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
        // Only floats, so that the JIT compiler vectorises the loop.
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

    /** Returns the progress of the decline: 0 before it, 1 at its end. */
    private double declined(int step) {
        return step <= steadySteps ? 0 : Math.min(1, (double) (step - steadySteps) / (steps - steadySteps));
    }

    /** Writes the state of the optimiser: the running means of each parameter. */
    public void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            out.writeFloat(mean[i]);
            out.writeFloat(square[i]);
        }
    }

    /** Restores the state that {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = in.readFloat();
            square[i] = in.readFloat();
        }
    }
}

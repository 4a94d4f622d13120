package io.clearline.training;

import io.clearline.training.frames.Objective;

/**
 * How a network is trained on a fixed set of mixtures.
 *
 * @param segments mixtures of one step; all of the set, or more: full batch
 * @param stepSize Adam's largest; the exponent of the multiplicative step
 * @param seed of the order of the mixtures
 */
public record TrainingPlan(
        Optimiser optimiser, Objective objective, int steps, int segments, double stepSize, long seed) {}

package io.clearline.training.mrf;

/**
 * One network on one task.
 *
 * @param task number of the field
 * @param depth number of updates before the read-out
 * @param alpha 0 is mean field, 1 belief propagation
 * @param untrained with the true model's weights in every layer: the algorithm as it is, stopped
 * @param trained the same network after its training
 * @param exact the best that anyone can do
 */
public record MrfResult(
        int task, int depth, double alpha, MrfScore untrained, MrfScore trained, MrfScore exact, int parameters) {}

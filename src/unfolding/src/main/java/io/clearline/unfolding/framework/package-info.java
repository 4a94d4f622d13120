/**
 * Deep unfolding, whatever the model: an iterative inference becomes a network of layers with weights of their own, which are trained by
 * back-propagation. {@link io.clearline.unfolding.framework.Layer} is one iteration, {@link io.clearline.unfolding.framework.Tying} says which
 * share their weights, {@link io.clearline.unfolding.framework.UnfoldedNetwork} runs them forward and back,
 * {@link io.clearline.unfolding.framework.Objective} is what training makes small.
 *
 * <p>All in double precision, to derive from and to judge by; the kernels and the float trainers are held against it. The unfoldings:
 * non-negative matrix factorisation in {@code nmf}, mean field and belief propagation in {@code mrf}.
 */
package io.clearline.unfolding.framework;

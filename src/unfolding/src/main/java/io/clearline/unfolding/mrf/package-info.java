/**
 * Unfoldings of inference in pairwise Markov random fields: {@link io.clearline.unfolding.mrf.MeanFieldLayer} is mean field, and with units in
 * layers the sigmoid network; {@link io.clearline.unfolding.mrf.MessageLayer} with {@link io.clearline.unfolding.mrf.BeliefReadOut} is belief
 * propagation, and the family that reaches from it to mean field.
 */
package io.clearline.unfolding.mrf;

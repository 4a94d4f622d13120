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
package io.clearline.training.segments;

/** Computes the loss of a network over a batch, and its gradient. Thread-confined. */
public interface SegmentGradient {
    /**
     * Computes the loss and its gradient.
     *
     * @param weights result of {@link TrainedNetwork#weights}. Implementations may cache values derived from it by the
     *     identity of the array, so that changed weights must come in a new array
     * @param gradient receives the derivative of the loss with respect to each parameter; null to compute only the loss
     * @return the loss
     */
    double compute(float[] weights, SegmentBatch batch, float[] gradient);
}

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

/** Loss and gradient of a network over a batch. Thread-confined. */
public interface SegmentGradient {
    /**
     * Computes the loss.
     *
     * @param weights as {@link TrainedNetwork#weights} gives them; each step has an array of its own
     * @param gradient takes the derivative of the loss by each parameter; null to have the loss alone
     */
    double compute(float[] weights, SegmentBatch batch, float[] gradient);
}

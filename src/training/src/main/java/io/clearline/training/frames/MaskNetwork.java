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
package io.clearline.training.frames;

/** A network that computes the mask of the speech from input columns. Thread-confined. */
public interface MaskNetwork {
    /**
     * Returns the masks of consecutive hops.
     *
     * @param input {@code [hops x inputRows]}, row-major: the column of each hop is contiguous
     * @return {@code [hops x bins]}, row-major, values from 0 to 1
     */
    float[] masks(float[] input, int hops);
}

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
package io.clearline.inference.kernel;

import io.clearline.dsp.HotPath;

/** One multiplicative update of the columns of a batch. */
interface VectorLayer {

    /**
     * Updates the activations in place.
     *
     * @param columns {@code [fill x inputRows]}, followed by at least one vector of padding
     * @param activations {@code [fill x padded atoms]}
     */
    @HotPath
    void run(float[] columns, float[] activations, int fill);
}

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
package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;

/**
 * The objective that training minimises: a function of the output of the network. An instance holds the target.
 * Immutable.
 */
public interface Objective {

    /** Returns the objective, summed over all entries of the output. */
    double value(DMatrixRMaj output);

    /**
     * Returns the derivative with respect to each entry of the output, in two parts. Both parts are non-negative for
     * non-negative outputs and targets.
     */
    Signed slope(DMatrixRMaj output);
}

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
package io.clearline.lab.kernel;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One row of the kernel table. Rates are medians over windows, per second of one core's processor time. The component
 * names are the keys of the result file. Immutable.
 *
 * @param kernel vector, scalar or ejml
 * @param divergence kl or euclidean
 * @param atoms number of atoms of the dictionary
 * @param rows rows of an input column: bins x context frames
 * @param layers number of layers, all with the same dictionary
 * @param batch number of columns in a call
 * @param gflops arithmetic rate in GFLOP/s; a multiply-add counts as two operations
 * @param peakGflops rate of pure arithmetic in the windows between those of the kernel, in GFLOP/s
 * @param framesPerSecond rate of processed columns, each of which is one frame of the STFT
 * @param bytesPerCall heap allocated by one call
 * @param jdk version of the JDK
 * @param species vector shape that the Vector API prefers on this machine
 */
@JsonPropertyOrder({
    "kernel",
    "divergence",
    "atoms",
    "rows",
    "layers",
    "batch",
    "gflops",
    "peakGflops",
    "framesPerSecond",
    "bytesPerCall",
    "jdk",
    "species"
})
public record KernelMeasurement(
        String kernel,
        String divergence,
        int atoms,
        int rows,
        int layers,
        int batch,
        double gflops,
        double peakGflops,
        double framesPerSecond,
        long bytesPerCall,
        String jdk,
        String species) {

    /** Returns the share of the peak that was reached, 0 to 1. */
    double ratio() {
        return gflops / peakGflops;
    }
}

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
 * One row of the kernel table. Rates are medians over windows, per second of one core's processor time.
 *
 * @param kernel vector, scalar or ejml
 * @param divergence kl or euclidean
 * @param rows of an input column, F * T
 * @param layers K, all with the same dictionary
 * @param gflops a multiply-add counts as two
 * @param peakGflops what the core reached in windows between those of the kernel
 * @param framesPerSecond columns of a batch, one frame of the STFT each
 * @param bytesPerCall heap allocated by one call
 * @param species of vectors, as the Vector API prefers it here
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

    /** The part of the peak that was reached. */
    double ratio() {
        return gflops / peakGflops;
    }
}

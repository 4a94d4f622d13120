package io.clearline.benchmarks;

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

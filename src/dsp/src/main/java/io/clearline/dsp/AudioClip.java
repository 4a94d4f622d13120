package io.clearline.dsp;

/**
 * A whole piece of mono audio in memory.
 *
 * @param samples full scale is 1
 */
public record AudioClip(float[] samples, int sampleRateHz) {
    /** Length in seconds. */
    public double seconds() {
        return (double) samples.length / sampleRateHz;
    }
}

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
package io.clearline.inference;

import io.clearline.dsp.HotPath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Energies of a stream, summed over all bins of the hops since the last {@link #clear}. {@link SdrMeter} estimates the
 * SDR from them. Thread-confined.
 *
 * <p>With mask {@code m}, gain {@code g} and mixture {@code X} of a bin:
 *
 * <pre>
 *   speech   |m X|^2
 *   rest     |(1 - m) X|^2
 *   error    |g X - m X|^2 + m (1 - m) |X|^2
 * </pre>
 *
 * The second term of the error is the variance of the speech that a Wiener mask implies.
 */
public final class HopEnergies {

    private double speech;
    private double rest;
    private double error;
    private int hops;

    /** Adds the energies of one hop. */
    @HotPath
    void add(double hopSpeech, double hopRest, double hopError) {
        speech += hopSpeech;
        rest += hopRest;
        error += hopError;
        hops++;
    }

    /** Returns the energy of the speech estimate. */
    public double speech() {
        return speech;
    }

    /** Returns the energy of the noise estimate, which is the mixture minus the speech estimate. */
    public double rest() {
        return rest;
    }

    /** Returns the expected energy of the difference between the output and the speech. */
    public double error() {
        return error;
    }

    /** Returns the number of hops since the last {@link #clear}. */
    public int hops() {
        return hops;
    }

    /** Starts a new window. */
    public void clear() {
        speech = 0;
        rest = 0;
        error = 0;
        hops = 0;
    }

    /** Writes the sums for {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(speech);
        out.writeDouble(rest);
        out.writeDouble(error);
        out.writeInt(hops);
    }

    /** Replaces the sums by those that {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        speech = in.readDouble();
        rest = in.readDouble();
        error = in.readDouble();
        hops = in.readInt();
    }
}

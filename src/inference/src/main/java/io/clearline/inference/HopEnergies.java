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
 * Energies summed over the bins of a stream's hops since the last {@link #clear}, from which {@link SdrMeter}
 * estimates. Thread-confined.
 */
public final class HopEnergies {

    private double speech;
    private double rest;
    private double error;
    private int hops;

    /**
     * Adds one hop: with mask m, gain g and mixture X, the speech estimate is m X, the rest (1 - m) X; the output's
     * error is g X - m X, plus m (1 - m) |X|^2, the variance that a Wiener mask itself expects.
     */
    @HotPath
    void add(double hopSpeech, double hopRest, double hopError) {
        speech += hopSpeech;
        rest += hopRest;
        error += hopError;
        hops++;
    }

    /** Energy of mask times mixture. */
    public double speech() {
        return speech;
    }

    /** Energy of what the mask leaves. */
    public double rest() {
        return rest;
    }

    /** Energy that the output's error is expected to have. */
    public double error() {
        return error;
    }

    /** Hops since the last clear. */
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

    /** Writes what {@link #readFrom} reads. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeDouble(speech);
        out.writeDouble(rest);
        out.writeDouble(error);
        out.writeInt(hops);
    }

    /** Replaces the sums by written ones. */
    public void readFrom(DataInput in) throws IOException {
        speech = in.readDouble();
        rest = in.readDouble();
        error = in.readDouble();
        hops = in.readInt();
    }
}

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
package io.clearline.inference.features;

import io.clearline.dsp.StoredFloats;
import io.clearline.inference.model.FeatureSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The state that {@link FeatureExtractor} keeps for one stream. Thread-confined. */
public final class FeatureState {

    /** Number of hops so far; stops at a limit beyond which the means do not depend on it. */
    int hops;

    /** Running level of the stream. */
    float level;

    /** The last T - 1 frames, {@code [(T - 1) x frameRows]}, oldest first. */
    final float[] context;

    /** Statistics, each {@code [frameRows]}; empty where the model has none. */
    final float[] slowMean;

    final float[] fastMean;
    final float[] floorMean;
    final float[] floor;

    FeatureState(FeatureSpec spec, int frameRows) {
        boolean means = spec.statistics().isPresent();
        boolean tracksFloor = means && spec.statistics().get().trackFloor();
        context = new float[(spec.contextFrames() - 1) * frameRows];
        slowMean = new float[means ? frameRows : 0];
        fastMean = new float[means ? frameRows : 0];
        floorMean = new float[tracksFloor ? frameRows : 0];
        floor = new float[tracksFloor ? frameRows : 0];
    }

    /** Resets to the start of a stream. */
    public void reset() {
        hops = 0;
        level = 0;
        Arrays.fill(context, 0);
        Arrays.fill(slowMean, 0);
        Arrays.fill(fastMean, 0);
        Arrays.fill(floorMean, 0);
        Arrays.fill(floor, 0);
    }

    /** Writes this state for {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(hops);
        out.writeFloat(level);
        write(out, context);
        write(out, slowMean);
        write(out, fastMean);
        write(out, floorMean);
        write(out, floor);
    }

    /**
     * Replaces this state by one that {@link #writeTo} wrote.
     *
     * @throws IOException if the stored state belongs to features of another shape
     */
    public void readFrom(DataInput in) throws IOException {
        hops = in.readInt();
        level = in.readFloat();
        read(in, context);
        read(in, slowMean);
        read(in, fastMean);
        read(in, floorMean);
        read(in, floor);
    }

    private static void write(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        StoredFloats.write(out, values);
    }

    private static void read(DataInput in, float[] values) throws IOException {
        int length = in.readInt();
        if (length != values.length) {
            throw new IOException("The stored feature state belongs to another model: expected an array of "
                    + values.length + " values, found " + length + ".");
        }
        StoredFloats.read(in, values);
    }
}

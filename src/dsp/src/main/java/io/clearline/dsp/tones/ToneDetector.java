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
package io.clearline.dsp.tones;

import io.clearline.dsp.HotPath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds in-band telephone tones: the sixteen digits of DTMF (ITU-T Q.23, with the tolerances of Q.24), and the steady
 * tones of call progress and of answering fax machines and modems (E.180, T.30, V.25), one or two at a time.
 *
 * <p>Lenient on purpose: a false alarm lets some hundredths of a second through as they came in, a miss costs a digit.
 * DTMF is judged in blocks of 12.75 ms, where its frequencies stand apart: a pair of a row and a column that dominates
 * both its groups, within the twist of Q.24 and a margin, with half of the energy, or with a good quarter in two blocks
 * running. Steady tones are judged in blocks of 50 ms, with most of the energy in two blocks running.
 *
 * <p>Thread-confined; allocates nothing after construction. The result depends on the samples alone, not on how they
 * are cut.
 */
public final class ToneDetector {
    private static final double[] DTMF_HZ = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
    private static final int ROWS = 4;
    private static final double[] STEADY_HZ = {350, 400, 425, 440, 450, 480, 620, 950, 1100, 1400, 1800, 2100};
    private static final double DTMF_BLOCK_SECONDS = 0.01275;
    private static final double STEADY_BLOCK_SECONDS = 0.05;

    /** Of the energy, in one block. */
    private static final double SURE_SHARE = 0.5;
    /** Of the energy, in each of two blocks running. */
    private static final double LIKELY_SHARE = 0.27;
    /** A digit's frequency above the others of its group: 5 dB. */
    private static final double DOMINANCE = 3.2;
    /** Column over row: Q.24 asks for 4 dB, and some senders have more. */
    private static final double MAX_TWIST = 10;
    /** Row over column: Q.24 asks for 8 dB. */
    private static final double MAX_REVERSE_TWIST = 16;

    private static final double STEADY_SHARE = 0.75;
    private static final double MIN_DISTANCE_HZ = 39;
    /** Mean square of what is no more than the noise of a quiet line: -60 dB of full scale. */
    private static final double MIN_POWER = 1e-6;

    private static final int NONE = -1;

    private final GoertzelBank dtmf;
    private final GoertzelBank steady;
    /** The pair that was likely in the block before, or {@link #NONE}. */
    private int likelyPair = NONE;
    /** The strongest steady tone of the block before, or {@link #NONE}. */
    private int steadyTone = NONE;

    public ToneDetector(int sampleRateHz) {
        dtmf = new GoertzelBank(sampleRateHz, (int) Math.round(DTMF_BLOCK_SECONDS * sampleRateHz), DTMF_HZ);
        steady = new GoertzelBank(sampleRateHz, (int) Math.round(STEADY_BLOCK_SECONDS * sampleRateHz), STEADY_HZ);
    }

    /** How far before its end a tone may have begun that is found now, in samples. */
    public int reachSamples() {
        return 3 * dtmf.blockSamples();
    }

    /** How long a tone that is found now counts as going on, in samples: until the next block has been judged. */
    public int holdSamples() {
        return steady.blockSamples() + dtmf.blockSamples();
    }

    /** Samples up to the next place where something may be found. */
    @HotPath
    public int nextDecision() {
        return Math.min(dtmf.missing(), steady.missing());
    }

    /**
     * Takes samples.
     *
     * @param length at most {@link #nextDecision}
     * @return whether a tone is there now, at the end of these samples
     */
    @HotPath
    public boolean push(float[] samples, int offset, int length) {
        boolean found = false;
        if (dtmf.push(samples, offset, length)) {
            found = isDigit();
        }
        if (steady.push(samples, offset, length)) {
            found |= isSteady();
        }
        return found;
    }

    @HotPath
    private boolean isDigit() {
        int row = dtmf.strongest(0, ROWS);
        int column = dtmf.strongest(ROWS, DTMF_HZ.length);
        double low = dtmf.energy(row);
        double high = dtmf.energy(column);
        double total = dtmf.blockEnergy();
        double share = (low + high) / total;
        boolean pair = total > MIN_POWER * dtmf.blockSamples()
                && share > LIKELY_SHARE
                && high < MAX_TWIST * low
                && low < MAX_REVERSE_TWIST * high
                && dominates(row, 0, ROWS)
                && dominates(column, ROWS, DTMF_HZ.length);
        int found = pair ? row * ROWS + column : NONE;
        boolean digit = pair && (share > SURE_SHARE || found == likelyPair);
        likelyPair = found;
        return digit;
    }

    @HotPath
    private boolean dominates(int strongest, int from, int to) {
        for (int f = from; f < to; f++) {
            if (f != strongest && DOMINANCE * dtmf.energy(f) > dtmf.energy(strongest)) {
                return false;
            }
        }
        return true;
    }

    @HotPath
    private boolean isSteady() {
        int first = steady.strongest(0, STEADY_HZ.length);
        double second = 0;
        for (int f = 0; f < STEADY_HZ.length; f++) {
            if (Math.abs(STEADY_HZ[f] - STEADY_HZ[first]) > MIN_DISTANCE_HZ) {
                second = Math.max(second, steady.energy(f));
            }
        }
        double total = steady.blockEnergy();
        boolean tone =
                total > MIN_POWER * steady.blockSamples() && steady.energy(first) + second > STEADY_SHARE * total;
        boolean again = tone && steadyTone != NONE;
        steadyTone = tone ? first : NONE;
        return again;
    }

    /** Back to the beginning of a signal. */
    public void reset() {
        dtmf.reset();
        steady.reset();
        likelyPair = NONE;
        steadyTone = NONE;
    }

    /** Writes what {@link #readFrom} of a detector for the same sample rate reads. */
    public void writeTo(DataOutput out) throws IOException {
        dtmf.writeTo(out);
        steady.writeTo(out);
        out.writeInt(likelyPair);
        out.writeInt(steadyTone);
    }

    /** Replaces the state by a written one. */
    public void readFrom(DataInput in) throws IOException {
        dtmf.readFrom(in);
        steady.readFrom(in);
        likelyPair = in.readInt();
        steadyTone = in.readInt();
    }
}

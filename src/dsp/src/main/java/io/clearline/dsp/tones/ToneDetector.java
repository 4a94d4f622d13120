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
 * running. Under loud speech no block is so clear: there, three blocks are judged as one, where the frequencies stand
 * three times as far apart. Digits come in a row: for some seconds after one that is beyond doubt, less is asked of the
 * next, which are then found before a decoder needs them. Steady tones are judged in blocks of 50 ms, with most of the
 * energy in two blocks running.
 *
 * <p>Thread-confined; allocates nothing after construction. The result depends on the samples alone, not on how they
 * are cut.
 */
public final class ToneDetector {
    private static final double[] DTMF_HZ = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
    private static final int ROWS = 4;
    private static final int COLUMNS = 4;
    private static final double[] STEADY_HZ = {350, 400, 425, 440, 450, 480, 620, 950, 1100, 1400, 1800, 2100};
    private static final double DTMF_BLOCK_SECONDS = 0.01275;
    private static final double STEADY_BLOCK_SECONDS = 0.05;

    /** Of the energy, in one block. */
    private static final double SURE_SHARE = 0.5;
    /** Of the energy, in each of two blocks running. */
    private static final double LIKELY_SHARE = 0.27;
    /** A digit's frequency above the others of its group: 5 dB. */
    private static final double DOMINANCE = 3.2;
    /** Of the energy, in three blocks as one. */
    private static final double WINDOW_SHARE = 0.2;
    /** A digit's frequency above the others of its group in three blocks as one: 7 dB. */
    private static final double WINDOW_DOMINANCE = 5;
    /** The same where the digit is beyond doubt, with {@link #SURE_SHARE}: the 10 dB that decoders ask for. */
    private static final double SURE_DOMINANCE = 10;
    /** After such a digit, so long: in one block, and in three as one. */
    private static final double EXPECTED_SECONDS = 3;

    private static final double EXPECTED_SHARE = 0.2;
    private static final double EXPECTED_WINDOW_SHARE = 0.1;
    private static final double EXPECTED_DOMINANCE = 2;
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
    private final CoherentWindow dtmfWindow;
    private final GoertzelBank steady;
    /** Not in a signal that was begun by a release that did so without: it goes on as it began. */
    private boolean judgesWindow = true;
    /** For how many blocks more the next digit is expected. */
    private int expectedBlocks;

    private final int maxExpectedBlocks;
    /** The pair that was likely in the block before, or {@link #NONE}. */
    private int likelyPair = NONE;
    /** The strongest steady tone of the block before, or {@link #NONE}. */
    private int steadyTone = NONE;

    public ToneDetector(int sampleRateHz) {
        dtmf = new GoertzelBank(sampleRateHz, (int) Math.round(DTMF_BLOCK_SECONDS * sampleRateHz), DTMF_HZ);
        dtmfWindow = new CoherentWindow(dtmf, sampleRateHz, DTMF_HZ);
        maxExpectedBlocks = (int) (EXPECTED_SECONDS * sampleRateHz / dtmf.blockSamples());
        steady = new GoertzelBank(sampleRateHz, (int) Math.round(STEADY_BLOCK_SECONDS * sampleRateHz), STEADY_HZ);
    }

    /** How far before its end a tone may have begun that is found now, in samples. */
    public int reachSamples() {
        return CoherentWindow.BLOCKS * dtmf.blockSamples();
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
            found = isDigitInBlock() | isDigitInWindow();
        }
        if (steady.push(samples, offset, length)) {
            found |= isSteady();
        }
        return found;
    }

    @HotPath
    private boolean isDigitInBlock() {
        BlockEnergies block = dtmf.block();
        int found = pair(block, LIKELY_SHARE, DOMINANCE);
        boolean digit = found != NONE && (found == likelyPair || shareOf(block, found) > SURE_SHARE);
        likelyPair = found;
        return digit;
    }

    @HotPath
    private boolean isDigitInWindow() {
        BlockEnergies window = dtmfWindow.advance();
        if (!judgesWindow) {
            return false;
        }
        boolean sure = pair(window, SURE_SHARE, SURE_DOMINANCE) != NONE;
        expectedBlocks = sure ? maxExpectedBlocks : Math.max(0, expectedBlocks - 1);
        return pair(window, WINDOW_SHARE, WINDOW_DOMINANCE) != NONE || expectedBlocks > 0 && isNextDigit(window);
    }

    @HotPath
    private boolean isNextDigit(BlockEnergies window) {
        return pair(dtmf.block(), EXPECTED_SHARE, EXPECTED_DOMINANCE) != NONE
                || pair(window, EXPECTED_WINDOW_SHARE, EXPECTED_DOMINANCE) != NONE;
    }

    /** The pair of a row and a column that stands out, or {@link #NONE}. */
    @HotPath
    private static int pair(BlockEnergies energies, double minShare, double minDominance) {
        int row = energies.strongest(0, ROWS);
        int column = energies.strongest(ROWS, DTMF_HZ.length);
        double low = energies.energy(row);
        double high = energies.energy(column);
        int pair = row * COLUMNS + column;
        boolean standsOut = energies.isLouderThan(MIN_POWER)
                && shareOf(energies, pair) > minShare
                && high < MAX_TWIST * low
                && low < MAX_REVERSE_TWIST * high
                && energies.dominates(row, 0, ROWS, minDominance)
                && energies.dominates(column, ROWS, DTMF_HZ.length, minDominance);
        return standsOut ? pair : NONE;
    }

    @HotPath
    private static double shareOf(BlockEnergies energies, int pair) {
        int row = (pair - ROWS) / COLUMNS;
        int column = ROWS + pair % COLUMNS;
        return (energies.energy(row) + energies.energy(column)) / energies.total();
    }

    @HotPath
    private boolean isSteady() {
        BlockEnergies block = steady.block();
        int first = block.strongest(0, STEADY_HZ.length);
        double second = 0;
        for (int f = 0; f < STEADY_HZ.length; f++) {
            if (Math.abs(STEADY_HZ[f] - STEADY_HZ[first]) > MIN_DISTANCE_HZ) {
                second = Math.max(second, block.energy(f));
            }
        }
        boolean tone = block.isLouderThan(MIN_POWER) && block.energy(first) + second > STEADY_SHARE * block.total();
        boolean again = tone && steadyTone != NONE;
        steadyTone = tone ? first : NONE;
        return again;
    }

    /** Back to the beginning of a signal. */
    public void reset() {
        dtmf.reset();
        dtmfWindow.reset();
        steady.reset();
        judgesWindow = true;
        expectedBlocks = 0;
        likelyPair = NONE;
        steadyTone = NONE;
    }

    /** Writes what {@link #readFrom} of a detector for the same sample rate reads. */
    public void writeTo(DataOutput out) throws IOException {
        dtmf.writeTo(out);
        steady.writeTo(out);
        out.writeInt(likelyPair);
        out.writeInt(steadyTone);
        out.writeBoolean(judgesWindow);
        out.writeInt(expectedBlocks);
        dtmfWindow.writeTo(out);
    }

    /** Replaces the state by a written one. */
    public void readFrom(DataInput in) throws IOException {
        readWithoutWindowFrom(in);
        judgesWindow = in.readBoolean();
        expectedBlocks = in.readInt();
        dtmfWindow.readFrom(in);
    }

    /**
     * Replaces the state by one that was written by a release that judged single blocks only. The signal goes on like
     * that until {@link #reset}, so that what comes out is what it would have been.
     */
    public void readWithoutWindowFrom(DataInput in) throws IOException {
        dtmf.readFrom(in);
        dtmfWindow.reset();
        steady.readFrom(in);
        likelyPair = in.readInt();
        steadyTone = in.readInt();
        judgesWindow = false;
        expectedBlocks = 0;
    }
}

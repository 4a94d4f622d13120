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
 * Detects in-band telephone tones: the sixteen digits of DTMF (ITU-T Q.23, with the tolerances of Q.24), and the steady
 * tones of call progress and of answering fax machines and modems (E.180, T.30, V.25), one or two at a time.
 *
 * <p>The detector is lenient on purpose. A false positive leaves a few hundredths of a second unenhanced, but a false
 * negative can cost a digit.
 *
 * <ul>
 *   <li>A DTMF digit is a pair of a row and a column frequency that dominate their groups, within the twist of Q.24
 *       plus a margin. Blocks of 12.75 ms resolve the frequencies. The pair must have half of the energy of one block,
 *       or at least 27 % in each of two consecutive blocks.
 *   <li>Under loud speech no single block is clear enough. The same criteria, with smaller shares of the energy,
 *       therefore also apply to windows of three blocks, whose frequency resolution is three times as fine.
 *   <li>Digits usually follow each other. For three seconds after an unambiguous digit the thresholds are lower, so
 *       that the next digits are detected early enough for a decoder.
 *   <li>A steady tone must have most of the energy in two consecutive blocks of 50 ms.
 * </ul>
 *
 * <p>The result depends only on the samples, not on how they are divided into calls. Thread-confined; allocates nothing
 * after construction.
 */
public final class ToneDetector {
    private static final double[] DTMF_HZ = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
    private static final int ROWS = 4;
    private static final int COLUMNS = 4;
    private static final double[] STEADY_HZ = {350, 400, 425, 440, 450, 480, 620, 950, 1100, 1400, 1800, 2100};
    private static final double DTMF_BLOCK_SECONDS = 0.01275;
    private static final double STEADY_BLOCK_SECONDS = 0.05;

    /** Share of a block's energy with which a single block suffices. */
    private static final double SURE_SHARE = 0.5;
    /** Share of the energy that a digit needs in each of two consecutive blocks. */
    private static final double LIKELY_SHARE = 0.27;
    /** How far a digit's frequency must exceed the others of its group, as a ratio of energies: 5 dB. */
    private static final double DOMINANCE = 3.2;
    /** Share of the energy that a digit needs in a window of three blocks. */
    private static final double WINDOW_SHARE = 0.2;
    /** Required dominance within the group in a window of three blocks: 7 dB. */
    private static final double WINDOW_DOMINANCE = 5;
    /**
     * Dominance of an unambiguous digit in a window, together with {@link #SURE_SHARE}: the 10 dB that decoders use.
     */
    private static final double SURE_DOMINANCE = 10;
    /** How long after an unambiguous digit the three lower thresholds below apply. */
    private static final double EXPECTED_SECONDS = 3;

    private static final double EXPECTED_SHARE = 0.2;
    private static final double EXPECTED_WINDOW_SHARE = 0.1;
    private static final double EXPECTED_DOMINANCE = 2;
    /** Largest ratio of column to row energy: 10 dB. Q.24 requires 4 dB, but some senders exceed it. */
    private static final double MAX_TWIST = 10;
    /** Largest ratio of row to column energy: 12 dB. Q.24 requires 8 dB. */
    private static final double MAX_REVERSE_TWIST = 16;

    /** Share of the energy that one or two steady tones need in each of two consecutive blocks. */
    private static final double STEADY_SHARE = 0.75;
    /** Closer frequencies belong to the same peak of a block of 50 ms. */
    private static final double MIN_DISTANCE_HZ = 39;
    /** Mean square of the noise of a quiet line, below which no tone is detected: -60 dB of full scale. */
    private static final double MIN_POWER = 1e-6;

    private static final int NONE = -1;

    private final GoertzelBank dtmf;
    private final CoherentWindow dtmfWindow;
    private final GoertzelBank steady;
    /** False for a signal that an earlier release started without windows, so that its results do not change. */
    private boolean usesWindow = true;
    /** Number of blocks for which the lower thresholds still apply. */
    private int expectedBlocks;

    private final int maxExpectedBlocks;
    /** The likely pair of the previous block, or {@link #NONE}. */
    private int likelyPair = NONE;
    /** The strongest steady tone of the previous block, or {@link #NONE}. */
    private int steadyTone = NONE;

    public ToneDetector(int sampleRateHz) {
        dtmf = new GoertzelBank(sampleRateHz, (int) Math.round(DTMF_BLOCK_SECONDS * sampleRateHz), DTMF_HZ);
        dtmfWindow = new CoherentWindow(dtmf, sampleRateHz, DTMF_HZ);
        maxExpectedBlocks = (int) (EXPECTED_SECONDS * sampleRateHz / dtmf.blockSamples());
        steady = new GoertzelBank(sampleRateHz, (int) Math.round(STEADY_BLOCK_SECONDS * sampleRateHz), STEADY_HZ);
    }

    /** Returns how many samples before its detection a tone may have started. */
    public int reachSamples() {
        return CoherentWindow.BLOCKS * dtmf.blockSamples();
    }

    /** Returns for how many samples after its detection a tone counts as present: until the next blocks are judged. */
    public int holdSamples() {
        return steady.blockSamples() + dtmf.blockSamples();
    }

    /** Returns the number of samples until the next decision. */
    @HotPath
    public int nextDecision() {
        return Math.min(dtmf.missing(), steady.missing());
    }

    /**
     * Takes the next samples.
     *
     * @param length at most {@link #nextDecision}
     * @return whether a tone is detected at the end of these samples
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
        int pair = pair(block, LIKELY_SHARE, DOMINANCE);
        boolean digit = pair != NONE && (pair == likelyPair || shareOf(block, pair) > SURE_SHARE);
        likelyPair = pair;
        return digit;
    }

    @HotPath
    private boolean isDigitInWindow() {
        BlockEnergies window = dtmfWindow.advance();
        if (!usesWindow) {
            return false;
        }
        boolean sure = pair(window, SURE_SHARE, SURE_DOMINANCE) != NONE;
        expectedBlocks = sure ? maxExpectedBlocks : Math.max(0, expectedBlocks - 1);
        return pair(window, WINDOW_SHARE, WINDOW_DOMINANCE) != NONE || expectedBlocks > 0 && isNextDigit(window);
    }

    /** Applies the lower thresholds to the last block and to the window. */
    @HotPath
    private boolean isNextDigit(BlockEnergies window) {
        return pair(dtmf.block(), EXPECTED_SHARE, EXPECTED_DOMINANCE) != NONE
                || pair(window, EXPECTED_WINDOW_SHARE, EXPECTED_DOMINANCE) != NONE;
    }

    /** Returns the dominant pair of a row and a column, or {@link #NONE}. */
    @HotPath
    private static int pair(BlockEnergies energies, double minShare, double minDominance) {
        int row = energies.strongest(0, ROWS);
        int column = energies.strongest(ROWS, DTMF_HZ.length);
        double low = energies.energy(row);
        double high = energies.energy(column);
        int pair = row * COLUMNS + column;
        boolean isDominant = energies.isLouderThan(MIN_POWER)
                && shareOf(energies, pair) > minShare
                && high < MAX_TWIST * low
                && low < MAX_REVERSE_TWIST * high
                && energies.dominates(row, 0, ROWS, minDominance)
                && energies.dominates(column, ROWS, DTMF_HZ.length, minDominance);
        return isDominant ? pair : NONE;
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
        boolean isRepeated = tone && steadyTone != NONE;
        steadyTone = tone ? first : NONE;
        return isRepeated;
    }

    /** Resets to the start of a signal. */
    public void reset() {
        dtmf.reset();
        dtmfWindow.reset();
        steady.reset();
        usesWindow = true;
        expectedBlocks = 0;
        likelyPair = NONE;
        steadyTone = NONE;
    }

    /** Writes the state for {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        dtmf.writeTo(out);
        steady.writeTo(out);
        out.writeInt(likelyPair);
        out.writeInt(steadyTone);
        out.writeBoolean(usesWindow);
        out.writeInt(expectedBlocks);
        dtmfWindow.writeTo(out);
    }

    /**
     * Replaces the state by one that {@link #writeTo} of a detector for the same sample rate wrote.
     *
     * @throws IOException if the stored state belongs to another sample rate
     */
    public void readFrom(DataInput in) throws IOException {
        readWithoutWindowFrom(in);
        usesWindow = in.readBoolean();
        expectedBlocks = in.readInt();
        dtmfWindow.readFrom(in);
    }

    /**
     * Replaces the state by one that an earlier release without windows wrote. Until {@link #reset} the detector works
     * without windows, so that the results for this signal do not change.
     */
    public void readWithoutWindowFrom(DataInput in) throws IOException {
        dtmf.readFrom(in);
        dtmfWindow.reset();
        steady.readFrom(in);
        likelyPair = in.readInt();
        steadyTone = in.readInt();
        usesWindow = false;
        expectedBlocks = 0;
    }
}

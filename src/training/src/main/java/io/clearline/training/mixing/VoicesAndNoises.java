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
package io.clearline.training.mixing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Named voices and noises, from which the pieces of an evaluation are drawn. Thread-safe.
 *
 * @param sampleRateHz of all pieces
 * @param speech recordings of the voices
 * @param voiceNames in the order of the groups of {@code speech}
 * @param noise recordings of the noises
 * @param noiseNames in the order of the groups of {@code noise}
 */
public record VoicesAndNoises(
        int sampleRateHz, Recordings speech, List<String> voiceNames, Recordings noise, List<String> noiseNames) {
    /** Number of attempts to draw a piece that is not silent. */
    private static final int DRAWS = 20;

    /** Pieces with less power, -60 dB of full scale, are silent. */
    private static final double MIN_POWER = 1e-6;
    /** Speech starts with the first block of 10 ms whose power relative to the loudest block exceeds this, -30 dB. */
    private static final double ONSET_POWER = 1e-3;

    /** @throws IllegalArgumentException if a group has no name, or a name no group */
    public VoicesAndNoises {
        if (speech.groups() != voiceNames.size() || noise.groups() != noiseNames.size()) {
            throw new IllegalArgumentException("Expected a name for each voice and noise, found " + voiceNames.size()
                    + " names of " + speech.groups() + " voices and " + noiseNames.size() + " names of "
                    + noise.groups() + " noises.");
        }
    }

    /**
     * Returns the WAV and FLAC files of two folders. Each subfolder, and each file in the folder itself, is one voice
     * or noise.
     *
     * @throws IOException if a folder has no such file
     */
    public static VoicesAndNoises ofFolders(Path speechFolder, Path noiseFolder, int sampleRateHz) throws IOException {
        TreeMap<String, List<Recordings.Source>> voices = sources(speechFolder);
        TreeMap<String, List<Recordings.Source>> noises = sources(noiseFolder);
        return new VoicesAndNoises(
                sampleRateHz,
                new Recordings(sampleRateHz, List.copyOf(voices.values()), true),
                List.copyOf(voices.keySet()),
                new Recordings(sampleRateHz, List.copyOf(noises.values()), true),
                List.copyOf(noises.keySet()));
    }

    private static TreeMap<String, List<Recordings.Source>> sources(Path folder) throws IOException {
        TreeMap<String, List<Recordings.Source>> byGroup = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac)"))
                    .sorted()
                    .forEach(file -> byGroup.computeIfAbsent(
                                    folder.relativize(file).getName(0).toString(), group -> new ArrayList<>())
                            .add(new Recordings.Source(file, null)));
        }
        if (byGroup.isEmpty()) {
            throw new IOException("No WAV or FLAC file in " + folder + ".");
        }
        return byGroup;
    }

    /** Draws speech of a voice, starting at its onset, with pauses of up to 0.25 s between recordings. */
    float[] voice(int voice, SplittableRandom random, int samples) {
        int spare = 2 * sampleRateHz;
        for (int draw = 0; ; draw++) {
            float[] piece = speech.draw(random, voice, samples + spare, sampleRateHz / 4);
            int start = Math.min(spare, onset(piece));
            float[] cut = Arrays.copyOfRange(piece, start, start + samples);
            if (power(cut, 0, samples) >= MIN_POWER) {
                return cut;
            }
            requireAttempt(draw, voiceNames.get(voice));
        }
    }

    /** Draws a piece of a noise, without pauses. */
    float[] noise(int index, SplittableRandom random, int samples) {
        for (int draw = 0; ; draw++) {
            float[] piece = noise.draw(random, index, samples, 0);
            if (power(piece, 0, samples) >= MIN_POWER) {
                return piece;
            }
            requireAttempt(draw, noiseNames.get(index));
        }
    }

    private static void requireAttempt(int draw, String name) {
        if (draw == DRAWS) {
            throw new UncheckedIOException(new IOException("Expected sound in the recordings of " + name
                    + ", found silence in " + DRAWS + " pieces. Replace the silent recordings."));
        }
    }

    /** Returns the position at which speech starts. */
    private int onset(float[] piece) {
        int block = sampleRateHz / 100;
        double loudest = 0;
        for (int at = 0; at + block <= piece.length; at += block) {
            loudest = Math.max(loudest, power(piece, at, block));
        }
        for (int at = 0; at + block <= piece.length; at += block) {
            if (power(piece, at, block) > ONSET_POWER * loudest) {
                return at;
            }
        }
        return 0;
    }

    private static double power(float[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum / count;
    }
}

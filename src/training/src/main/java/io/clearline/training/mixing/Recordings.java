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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.Resampler;
import io.clearline.training.corpus.CorpusLayout;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Recordings of one kind and role, by speaker or noise, at one sample rate. Loaded when first used and kept as 16-bit
 * samples, so a corpus of hours stays in memory. Safe to share between threads.
 */
public final class Recordings {
    /** Of a corpus of hundreds of hours only so much is kept: a third of the memory that the JVM may use. */
    private static final long MAX_LOADED_SAMPLES = Runtime.getRuntime().maxMemory() / 3 / Short.BYTES;

    private static final int MAX_MEASURED = 400;

    private final int sampleRateHz;
    /** By group, in a fixed order: what a seed draws must not depend on the file system. */
    private final List<List<Source>> groups;

    private final List<short[][]> loaded = new ArrayList<>();

    private final Queue<int[]> loadOrder = new ArrayDeque<>();
    private long loadedSamples;

    /** Of loaded recordings: seconds before silence was shortened. */
    private final Map<Path, Double> wholeSeconds = new HashMap<>();

    /** How often each group is drawn, in parts of the sum. */
    private final double[] weights;

    /** What every recording goes through; null for none. */
    private final Equaliser equaliser;

    /** Packages carry a silent file here and there, which does no harm; a person's own silent file is a mistake. */
    private final boolean silenceIsAnError;

    /**
     * Where a recording comes from.
     *
     * @param minus a file that is taken away from it, sample by sample; null for none
     * @param seconds how long it is, where that is known; 0 where not
     * @param synthetic whether a speech engine said it
     */
    record Source(Path file, Path minus, double seconds, boolean synthetic) {
        Source(Path file, Path minus) {
            this(file, minus, 0, false);
        }
    }

    Recordings(int sampleRateHz, List<List<Source>> groups, boolean silenceIsAnError) {
        this(sampleRateHz, groups, byFiles(groups), silenceIsAnError, null);
    }

    private Recordings(
            int sampleRateHz,
            List<List<Source>> groups,
            double[] weights,
            boolean silenceIsAnError,
            Equaliser equaliser) {
        this.equaliser = equaliser;
        this.sampleRateHz = sampleRateHz;
        this.groups = groups;
        this.weights = weights;
        this.silenceIsAnError = silenceIsAnError;
        groups.forEach(files -> loaded.add(new short[files.size()][]));
    }

    private static double[] byFiles(List<List<Source>> groups) {
        return groups.stream().mapToDouble(files -> Math.sqrt(files.size())).toArray();
    }

    /** The recordings of a fetched corpus. */
    public static Recordings ofCorpus(Path corpus, CorpusManifest manifest, Role role, Kind kind, int sampleRateHz)
            throws IOException {
        TreeMap<String, List<Source>> byGroup = new TreeMap<>();
        for (CorpusManifest.Recording recording : manifest.recordings(role, kind)) {
            byGroup.computeIfAbsent(recording.group(), group -> new ArrayList<>())
                    .add(new Source(
                            corpus.resolve(recording.path()), null, recording.seconds(), recording.synthetic()));
        }
        if (byGroup.isEmpty()) {
            throw new IOException("The corpus in " + corpus + " has no " + kind + " for " + role + "; fetch it again.");
        }
        List<List<Source>> groups = List.copyOf(byGroup.values());
        return new Recordings(sampleRateHz, groups, bySeconds(groups), false, null);
    }

    private static double[] bySeconds(List<List<Source>> groups) {
        return groups.stream()
                .mapToDouble(files ->
                        Math.sqrt(files.stream().mapToDouble(Source::seconds).sum()))
                .toArray();
    }

    /**
     * The same recordings, synthetic voices drawn with this probability; as they are where there are none or no others.
     */
    Recordings withSyntheticShare(double share) {
        double[] shared = weights.clone();
        double synthetic = 0;
        double total = 0;
        for (int group = 0; group < shared.length; group++) {
            total += weights[group];
            synthetic += isSynthetic(group) ? weights[group] : 0;
        }
        if (synthetic == 0 || synthetic == total) {
            return this;
        }
        for (int group = 0; group < shared.length; group++) {
            shared[group] *= isSynthetic(group) ? share / synthetic : (1 - share) / (total - synthetic);
        }
        return new Recordings(sampleRateHz, groups, shared, silenceIsAnError, equaliser);
    }

    private boolean isSynthetic(int group) {
        return groups.get(group).get(0).synthetic();
    }

    /**
     * The voices of a fetched corpus, without the hum of the mains and the rumble of a desk: in some packages these
     * carry as much energy as the voice, and who takes such a recording for the truth trains and scores by its hum.
     * {@link #ofCorpus} has them as they are.
     */
    public static Recordings voicesOfCorpus(Path corpus, CorpusManifest manifest, Role role, int sampleRateHz)
            throws IOException {
        Recordings plain = ofCorpus(corpus, manifest, role, Kind.SPEECH, sampleRateHz);
        return new Recordings(
                sampleRateHz,
                plain.groups,
                plain.weights,
                plain.silenceIsAnError,
                Equaliser.withoutRumble(sampleRateHz));
    }

    /**
     * The WAV and FLAC files in and under a folder, split into roles. A corpus that {@link CorpusLayout} knows is taken
     * as it lies there; elsewhere each subfolder is a speaker or a noise, and so is each file that lies in the folder
     * itself; of ten of them, one is for development and one for the test.
     *
     * @throws IOException when there are fewer than three groups: no role may hear another's voices
     */
    public static Map<Role, Recordings> ofFolder(Path folder, Kind kind, int sampleRateHz) throws IOException {
        CorpusLayout.LayoutKind wanted =
                kind == Kind.SPEECH ? CorpusLayout.LayoutKind.SPEECH : CorpusLayout.LayoutKind.NOISE;
        return FolderRecordings.of(folder, wanted, sampleRateHz);
    }

    /** Number of speakers or noises. */
    public int groups() {
        return groups.size();
    }

    /** Number of files. */
    public int size() {
        return groups.stream().mapToInt(List::size).sum();
    }

    /**
     * How much there is.
     *
     * @param seconds of all recordings
     * @param soundingSeconds without long silence
     * @param mostSilent the file with the largest part of silence
     */
    record Measure(double seconds, double soundingSeconds, Path mostSilent) {}

    /** Loads the recordings, of very many some hundred spread evenly, and measures them. */
    Measure measure() {
        double seconds = 0;
        double soundingSeconds = 0;
        double leastPart = Double.POSITIVE_INFINITY;
        Path mostSilent = null;
        int stride = 1 + size() / MAX_MEASURED;
        int measured = 0;
        int file = 0;
        for (int group = 0; group < groups.size(); group++) {
            for (int index = 0; index < groups.get(group).size(); index++) {
                if (file++ % stride != 0) {
                    continue;
                }
                Path path = groups.get(group).get(index).file();
                double sounding = (double) recording(group, index).length / sampleRateHz;
                double whole = wholeSeconds.get(path);
                measured++;
                seconds += whole;
                soundingSeconds += sounding;
                if (sounding / whole < leastPart) {
                    leastPart = sounding / whole;
                    mostSilent = path;
                }
            }
        }
        double scale = (double) size() / measured;
        return new Measure(seconds * scale, soundingSeconds * scale, mostSilent);
    }

    /**
     * Draws a piece: a random group, and random recordings of it one after another with short pauses until the piece is
     * full. A group is drawn the oftener the more it holds, but only with the square root.
     *
     * @param longestPauseSamples between two recordings
     */
    float[] draw(SplittableRandom random, int samples, int longestPauseSamples) {
        return draw(random, drawGroup(random), samples, longestPauseSamples);
    }

    /** As {@link #draw(SplittableRandom, int, int)}, out of a given group. */
    float[] draw(SplittableRandom random, int group, int samples, int longestPauseSamples) {
        float[] piece = new float[samples];
        int filled = longestPauseSamples == 0 ? 0 : random.nextInt(longestPauseSamples);
        for (int attempts = 0; filled < samples && attempts < 1000; attempts++) {
            short[] recording =
                    recording(group, random.nextInt(groups.get(group).size()));
            int from = recording.length > samples ? random.nextInt(recording.length - samples) : 0;
            int length = Math.min(recording.length - from, samples - filled);
            for (int i = 0; i < length; i++) {
                piece[filled + i] = recording[from + i] / 32768f;
            }
            filled += length + (longestPauseSamples == 0 ? 0 : random.nextInt(longestPauseSamples));
        }
        return piece;
    }

    /** A recording from its start to its end. */
    float[] whole(int group, int index) {
        short[] recording = recording(group, index);
        float[] samples = new float[recording.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = recording[i] / 32768f;
        }
        return samples;
    }

    private int drawGroup(SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        for (int group = 0; group < groups.size(); group++) {
            left -= weights[group];
            if (left < 0) {
                return group;
            }
        }
        return groups.size() - 1;
    }

    private synchronized short[] recording(int group, int index) {
        short[][] files = loaded.get(group);
        if (files[index] == null) {
            short[] samples = load(groups.get(group).get(index));
            files[index] = samples;
            loadOrder.add(new int[] {group, index});
            loadedSamples += samples.length;
            while (loadedSamples > MAX_LOADED_SAMPLES && loadOrder.size() > 1) {
                int[] oldest = loadOrder.remove();
                loadedSamples -= loaded.get(oldest[0])[oldest[1]].length;
                loaded.get(oldest[0])[oldest[1]] = null;
            }
            return samples;
        }
        return files[index];
    }

    private short[] load(Source source) {
        try {
            float[] samples = read(source.file);
            if (source.minus != null) {
                float[] taken = read(source.minus);
                if (taken.length != samples.length) {
                    throw new IOException(samples.length + " samples, but " + source.minus + " has " + taken.length);
                }
                for (int i = 0; i < samples.length; i++) {
                    samples[i] -= taken[i];
                }
            }
            if (equaliser != null) {
                samples = equaliser.apply(samples);
            }
            short[] kept = new short[samples.length];
            boolean silent = true;
            for (int i = 0; i < samples.length; i++) {
                kept[i] = (short) Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768f)));
                silent &= kept[i] == 0;
            }
            if (silent && silenceIsAnError) {
                throw new IOException("every sample is zero");
            }
            wholeSeconds.put(source.file, (double) kept.length / sampleRateHz);
            return Silence.shortened(kept, sampleRateHz);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Recording " + source.file + " can't be used: " + e.getMessage() + ". Repair it or take it away.",
                    e);
        }
    }

    private float[] read(Path file) throws IOException {
        AudioClip clip = AudioFiles.read(file);
        return clip.sampleRateHz() == sampleRateHz ? clip.samples() : resampled(clip, sampleRateHz);
    }

    private static float[] resampled(AudioClip clip, int sampleRateHz) {
        Resampler resampler = new Resampler(clip.sampleRateHz(), sampleRateHz);
        int length = clip.samples().length;
        float[] out = new float
                [resampler.maxOutputSamples(length) + resampler.maxOutputSamples(resampler.lookAheadSamples()) + 8];
        int written = resampler.process(clip.samples(), 0, length, out, 0);
        written += resampler.flush(out, written);
        return Arrays.copyOf(out, written);
    }
}

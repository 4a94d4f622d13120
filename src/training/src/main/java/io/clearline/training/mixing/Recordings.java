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
import java.nio.file.NoSuchFileException;
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
 * The recordings of one kind and role, grouped by speaker or noise, at one sample rate. They are loaded on first use
 * and cached as 16-bit samples, so that a corpus of many hours fits into memory. Thread-safe.
 */
public final class Recordings {
    /** Limit of the cache, a third of the maximum heap. Corpora of hundreds of hours exceed it. */
    private static final long MAX_LOADED_SAMPLES = Runtime.getRuntime().maxMemory() / 3 / Short.BYTES;

    /** Target of the number of recordings that {@link #measure} loads. */
    private static final int MAX_MEASURED = 400;

    private final int sampleRateHz;
    /** Recordings by group, in a fixed order: draws must not depend on the order of the file system. */
    private final List<List<Source>> groups;

    /** Cached samples by group and recording; null if not loaded. Guarded by this. */
    private final List<short[][]> loaded = new ArrayList<>();

    /** Group and index of the cached recordings, the oldest first. Guarded by this. */
    private final Queue<int[]> loadOrder = new ArrayDeque<>();

    private long loadedSamples;

    /** Durations of loaded recordings before silence was shortened. */
    private final Map<Path, Double> wholeSeconds = new HashMap<>();

    /** Relative frequency with which each group is drawn. */
    private final double[] weights;

    /** Filter of all recordings; null for none. */
    private final Equaliser equaliser;

    /** Silent files in packages are harmless and rare; in a user's own recordings they are a mistake. */
    private final boolean silenceIsAnError;

    /**
     * The source of a recording.
     *
     * @param file audio file
     * @param minus file that is subtracted from it, sample by sample; null for none
     * @param seconds duration, or 0 if unknown
     * @param synthetic whether a speech engine produced it
     */
    record Source(Path file, Path minus, double seconds, boolean synthetic) {
        Source(Path file, Path minus) {
            this(file, minus, 0, false);
        }
    }

    /**
     * Creates recordings whose groups are drawn in proportion to the square root of their number of files.
     *
     * @param groups sources by speaker or noise
     * @param silenceIsAnError whether loading a recording of zeros fails
     */
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

    /**
     * Returns the recordings of a fetched corpus. Groups are drawn in proportion to the square root of their duration.
     *
     * @throws IOException if there are none
     */
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
     * Returns the same recordings, with synthetic voices drawn with a given probability. If there are only synthetic or
     * only real voices, returns this instance.
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
     * Returns the voices of a fetched corpus, high-pass filtered to remove mains hum and rumble. In some packages these
     * have as much energy as the voice, so that an unfiltered reference would reward keeping them. {@link #ofCorpus}
     * returns the unfiltered recordings.
     *
     * @throws IOException if there are none
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
     * Returns the WAV and FLAC files in a folder and its subfolders, split into roles. A corpus that
     * {@link CorpusLayout} knows is read in its own layout. In other folders each subfolder, and each file in the
     * folder itself, is one speaker or noise; of every ten, one is for development and one for the test.
     *
     * @throws IOException if there are fewer than three speakers or noises, which roles must not share
     */
    public static Map<Role, Recordings> ofFolder(Path folder, Kind kind, int sampleRateHz) throws IOException {
        CorpusLayout.LayoutKind wanted =
                kind == Kind.SPEECH ? CorpusLayout.LayoutKind.SPEECH : CorpusLayout.LayoutKind.NOISE;
        return FolderRecordings.of(folder, wanted, sampleRateHz);
    }

    /** Returns the number of speakers or noises. */
    public int groups() {
        return groups.size();
    }

    /** Returns the number of files. */
    public int size() {
        return groups.stream().mapToInt(List::size).sum();
    }

    /**
     * The amount of recordings.
     *
     * @param seconds total duration
     * @param soundingSeconds duration without long silence
     * @param mostSilent file with the largest proportion of silence
     */
    record Measure(double seconds, double soundingSeconds, Path mostSilent) {}

    /** Measures the recordings. If there are many, measures a few hundred, evenly spread, and extrapolates. */
    Measure measure() {
        double seconds = 0;
        double soundingSeconds = 0;
        double minShare = Double.POSITIVE_INFINITY;
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
                if (mostSilent == null || sounding / whole < minShare) {
                    minShare = sounding / whole;
                    mostSilent = path;
                }
            }
        }
        double scale = (double) size() / measured;
        return new Measure(seconds * scale, soundingSeconds * scale, mostSilent);
    }

    /**
     * Draws a piece of a random group: random recordings one after another, with pauses of random length, until the
     * piece is full. Groups with more material are drawn more often, in proportion to its square root.
     *
     * @param samples length of the piece
     * @param maxPauseSamples upper bound of a pause; 0 for no pauses
     * @throws UncheckedIOException if a recording cannot be read
     */
    float[] draw(SplittableRandom random, int samples, int maxPauseSamples) {
        return draw(random, drawGroup(random), samples, maxPauseSamples);
    }

    /** Draws a piece of a given group, otherwise as {@link #draw(SplittableRandom, int, int)}. */
    float[] draw(SplittableRandom random, int group, int samples, int maxPauseSamples) {
        float[] piece = new float[samples];
        int filled = maxPauseSamples == 0 ? 0 : random.nextInt(maxPauseSamples);
        for (int attempts = 0; filled < samples && attempts < 1000; attempts++) {
            short[] recording =
                    recording(group, random.nextInt(groups.get(group).size()));
            int from = recording.length > samples ? random.nextInt(recording.length - samples) : 0;
            int length = Math.min(recording.length - from, samples - filled);
            for (int i = 0; i < length; i++) {
                piece[filled + i] = recording[from + i] / 32768f;
            }
            filled += length + (maxPauseSamples == 0 ? 0 : random.nextInt(maxPauseSamples));
        }
        return piece;
    }

    /** Returns a whole recording. */
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

    /** Returns a recording from the cache, loading it if necessary. Evicts the recordings that were loaded first. */
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
                float[] subtracted = read(source.minus);
                if (subtracted.length != samples.length) {
                    throw new IOException(
                            "it has " + samples.length + " samples, but " + source.minus + " has " + subtracted.length);
                }
                for (int i = 0; i < samples.length; i++) {
                    samples[i] -= subtracted[i];
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
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(
                    "Recording " + source.file + " is missing. Fetch the corpus again, or put the file back.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Recording " + source.file + " can't be used: " + e.getMessage() + ". Repair or remove it.", e);
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

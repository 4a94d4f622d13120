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
package io.clearline.cli.demo;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.Resampler;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Mixes the streams of the demo from the sample speech and noise, on none of which a published model was trained. The
 * same number of streams gives the same samples on every machine.
 */
public final class DemoStreams {
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final int TELEPHONE_RATE_HZ = 8_000;
    private static final double MIN_SECONDS = 8;
    private static final double PAUSE_SECONDS = 0.4;
    private static final double[] SNR_DB = {-6, 3, 0, 9, -3, 6};
    private static final List<String> LANGUAGES = List.of("ru", "ca");
    private static final float PEAK = 0.7f;
    private static final long SEED = 20_261_101;

    private final List<Path> speech;
    private final List<Path> noise;

    /**
     * Locates the recordings.
     *
     * @param samples the folder with the subfolders {@code speech} and {@code noise}
     * @throws IOException if the recordings are missing
     */
    public DemoStreams(Path samples) throws IOException {
        this.speech = flacFiles(samples.resolve("speech"));
        this.noise = flacFiles(samples.resolve("noise"));
    }

    /** Returns the given number of streams, which differ in language, noise, SNR, sample rate and encoding. */
    public List<DemoStream> mix(int count) throws IOException {
        List<DemoStream> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            streams.add(mixOne(i));
        }
        return streams;
    }

    /** Returns the first stream in telephone quality: 8 kHz, mu-law. */
    public DemoStream telephone() throws IOException {
        for (int i = 0; ; i++) {
            DemoStream stream = mixOne(i);
            if (stream.encoding() == AudioEncoding.PCMU) {
                return stream;
            }
        }
    }

    private DemoStream mixOne(int index) throws IOException {
        String language = LANGUAGES.get(index % LANGUAGES.size());
        // Languages, rates, codings and SNRs have cycles of different lengths, so that all combinations occur.
        boolean telephone = index / LANGUAGES.size() % 2 == 1;
        AudioEncoding encoding =
                telephone && (index + index / 4) % 2 == 0 ? AudioEncoding.PCMU : AudioEncoding.PCM_S16LE;
        double snrDb = SNR_DB[(index + index / SNR_DB.length) % SNR_DB.length];
        Path noiseFile = noise.get((5 * index + index / noise.size()) % noise.size());
        float[] clean = speech(language, index / LANGUAGES.size());
        float[] background = noise(noiseFile, clean.length, index);
        if (telephone) {
            clean = telephoneRate(clean);
            background = telephoneRate(background);
        }
        float[] mixture = addNoise(clean, background, snrDb);
        int rate = telephone ? TELEPHONE_RATE_HZ : SAMPLE_RATE_HZ;
        String noiseName =
                noiseFile.getFileName().toString().replaceFirst("^sonicpi_", "").replaceFirst("\\.flac$", "");
        return new DemoStream(
                String.format(Locale.ROOT, "%02d-%s-%dk-%s", index + 1, language, rate / 1000, coding(encoding)),
                language,
                noiseName,
                snrDb,
                encoding,
                new AudioClip(coded(clean, encoding), rate),
                new AudioClip(coded(mixture, encoding), rate));
    }

    private static String coding(AudioEncoding encoding) {
        return encoding == AudioEncoding.PCMU ? "mulaw" : "pcm";
    }

    /** Concatenates recordings of a language until they are long enough. */
    private float[] speech(String language, int first) throws IOException {
        List<Path> own = speech.stream()
                .filter(file -> file.getFileName().toString().startsWith(language))
                .toList();
        float[] joined = new float[0];
        // The Catalan recordings are short: a stream takes three, and the next stream begins after them.
        int at = first * (language.equals("ca") ? 3 : 1);
        while (joined.length < MIN_SECONDS * SAMPLE_RATE_HZ) {
            float[] next = read(own.get(at++ % own.size()));
            int start = joined.length == 0 ? 0 : joined.length + (int) (PAUSE_SECONDS * SAMPLE_RATE_HZ);
            joined = Arrays.copyOf(joined, start + next.length);
            System.arraycopy(next, 0, joined, start, next.length);
        }
        return joined;
    }

    /** Returns a noise of the given length, which is repeated from a random position. */
    private static float[] noise(Path file, int length, int index) throws IOException {
        float[] recording = read(file);
        int offset = new SplittableRandom(SEED + index).nextInt(recording.length);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = recording[(offset + i) % recording.length];
        }
        return samples;
    }

    /**
     * Returns the mixture of speech and noise at an SNR, scaled to the peak {@link #PEAK}. Scales {@code clean} by the
     * same gain, so that it remains the reference.
     */
    private static float[] addNoise(float[] clean, float[] noise, double snrDb) {
        double wanted = energy(clean) / StrictMath.pow(10, snrDb / 10);
        float noiseGain = (float) Math.sqrt(wanted / Math.max(energy(noise), 1e-12));
        float[] mixture = new float[clean.length];
        float peak = 0;
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = clean[i] + noiseGain * noise[i];
            peak = Math.max(peak, Math.abs(mixture[i]));
        }
        float scale = PEAK / Math.max(peak, 1e-6f);
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] *= scale;
            clean[i] *= scale;
        }
        return mixture;
    }

    private static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }

    private static float[] telephoneRate(float[] samples) {
        Resampler resampler = new Resampler(SAMPLE_RATE_HZ, TELEPHONE_RATE_HZ);
        float[] out =
                new float[resampler.maxOutputSamples(samples.length) + resampler.maxOutputSamples(SAMPLE_RATE_HZ)];
        int length = resampler.process(samples, 0, samples.length, out, 0);
        length += resampler.flush(out, length);
        return Arrays.copyOf(out, length);
    }

    /** Returns the samples after encoding and decoding. */
    private static float[] coded(float[] samples, AudioEncoding encoding) {
        byte[] payload = new byte[samples.length * FrameLimits.bytesPerSample(encoding)];
        FramePayload.encode(encoding, samples, 0, payload, samples.length);
        float[] decoded = new float[samples.length];
        FramePayload.decode(encoding, payload, 0, decoded, 0, samples.length);
        return decoded;
    }

    private static float[] read(Path file) throws IOException {
        AudioClip clip = AudioFiles.read(file);
        if (clip.sampleRateHz() != SAMPLE_RATE_HZ) {
            throw new IOException(file + ": expected " + SAMPLE_RATE_HZ + " Hz, found " + clip.sampleRateHz() + " Hz.");
        }
        return clip.samples();
    }

    private static List<Path> flacFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("Expected sample audio in " + folder.toAbsolutePath()
                    + ", found no such folder. Run clearline from its own folder.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".flac"))
                    .sorted()
                    .toList();
        }
    }
}

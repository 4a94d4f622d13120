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
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The corpus of the second CHiME challenge, track 2 (LDC2017S10), in its original layout. {@code isolated} contains the
 * mixtures and {@code scaled} their speech under the same paths: {@code si_tr_s/SPEAKER/*.wav} for training,
 * {@code si_dt_05/m6dB/SPEAKER/*.wav} and so on for development, and {@code si_et_05} for the test. The corpus is
 * licensed and cannot be fetched automatically. Stereo files are mixed down to their mean. Immutable.
 */
public final class Chime2 {
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final Pattern SNR = Pattern.compile("(m|-)?(\\d+)dB");
    private static final Map<Role, String> FOLDERS =
            Map.of(Role.TRAIN, "si_tr_s", Role.DEVELOPMENT, "si_dt_05", Role.TEST, "si_et_05");

    private final Path isolated;
    private final Path scaled;

    private Chime2(Path root) {
        isolated = root.resolve("isolated");
        scaled = root.resolve("scaled");
    }

    /** Finds the corpus in a folder, or in {@code data/chime2-wsj0} below it, as on the distribution medium. */
    public static Optional<Chime2> in(Path folder) {
        return Stream.of("", "chime2-wsj0", "data/chime2-wsj0")
                .map(folder::resolve)
                .filter(root ->
                        Files.isDirectory(root.resolve("isolated")) && Files.isDirectory(root.resolve("scaled")))
                .findFirst()
                .map(Chime2::new);
    }

    /** Returns the clean speech, grouped by speaker. */
    public Recordings speech(Role role, int sampleRateHz) throws IOException {
        return recordings(role, sampleRateHz, pair -> new Recordings.Source(pair.speech, null));
    }

    /** Returns the noise, mixture minus speech, grouped by the speaker of the mixture. */
    public Recordings noise(Role role, int sampleRateHz) throws IOException {
        return recordings(role, sampleRateHz, pair -> new Recordings.Source(pair.mixture, pair.speech));
    }

    /**
     * Returns mixtures of the challenge.
     *
     * @param perSnr maximum number for each SNR, spread evenly over the available ones
     * @throws IOException if they cannot be read, or if the sample rate is not 16 kHz
     */
    public List<Mixer.Mixture> mixtures(Role role, int sampleRateHz, int perSnr) throws IOException {
        if (sampleRateHz != SAMPLE_RATE_HZ) {
            throw new IOException("CHiME-2: expected a model at " + SAMPLE_RATE_HZ + " Hz, found one at " + sampleRateHz
                    + " Hz. Choose another recipe.");
        }
        TreeMap<Double, List<Pair>> bySnr = new TreeMap<>();
        for (Pair pair : pairs(role)) {
            bySnr.computeIfAbsent(pair.snrDb, snrDb -> new ArrayList<>()).add(pair);
        }
        List<Mixer.Mixture> mixtures = new ArrayList<>();
        for (List<Pair> pairs : bySnr.values()) {
            int count = Math.min(perSnr, pairs.size());
            for (int i = 0; i < count; i++) {
                mixtures.add(pairs.get(i * pairs.size() / count).read());
            }
        }
        return mixtures;
    }

    /**
     * A mixture and its speech.
     *
     * @param snrDb NaN in the training set, which does not state it
     */
    private record Pair(Path mixture, Path speech, String speaker, double snrDb) {
        /** Reads both files. */
        Mixer.Mixture read() throws IOException {
            AudioClip mixed = AudioFiles.read(mixture);
            AudioClip clean = AudioFiles.read(speech);
            if (mixed.sampleRateHz() != SAMPLE_RATE_HZ
                    || clean.sampleRateHz() != SAMPLE_RATE_HZ
                    || mixed.samples().length != clean.samples().length) {
                throw new IOException("Expected " + mixture + " and " + speech + " at " + SAMPLE_RATE_HZ
                        + " Hz and of one length, found " + mixed.sampleRateHz() + " and " + clean.sampleRateHz()
                        + " Hz, " + mixed.samples().length + " and " + clean.samples().length + " samples.");
            }
            return new Mixer.Mixture(clean.samples(), mixed.samples(), snrDb);
        }
    }

    private interface ToSource {
        Recordings.Source of(Pair pair);
    }

    private Recordings recordings(Role role, int sampleRateHz, ToSource toSource) throws IOException {
        TreeMap<String, List<Recordings.Source>> bySpeaker = new TreeMap<>();
        for (Pair pair : pairs(role)) {
            bySpeaker
                    .computeIfAbsent(pair.speaker, speaker -> new ArrayList<>())
                    .add(toSource.of(pair));
        }
        return new Recordings(sampleRateHz, List.copyOf(bySpeaker.values()), false);
    }

    private List<Pair> pairs(Role role) throws IOException {
        Path folder = isolated.resolve(FOLDERS.get(role));
        List<Path> mixtures = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                mixtures = files.filter(file -> file.toString().endsWith(".wav"))
                        .sorted()
                        .toList();
            }
        }
        if (mixtures.isEmpty()) {
            throw new IOException("CHiME-2 in " + isolated.getParent() + " has no WAV file under " + folder + ".");
        }
        List<Pair> pairs = new ArrayList<>();
        for (Path mixture : mixtures) {
            Path speech = scaled.resolve(isolated.relativize(mixture));
            if (!Files.exists(speech)) {
                throw new IOException("The speech of " + mixture + " is missing; expected it in " + speech + ".");
            }
            pairs.add(new Pair(
                    mixture,
                    speech,
                    mixture.getParent().getFileName().toString(),
                    snrDb(folder.relativize(mixture).getName(0).toString())));
        }
        return pairs;
    }

    /** Parses a folder name such as {@code m6dB} (-6 dB); NaN for other names. */
    private static double snrDb(String folder) {
        Matcher matcher = SNR.matcher(folder);
        return matcher.matches()
                ? (matcher.group(1) == null ? 1 : -1) * Double.parseDouble(matcher.group(2))
                : Double.NaN;
    }
}

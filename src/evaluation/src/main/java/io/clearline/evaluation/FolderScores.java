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
package io.clearline.evaluation;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Scores folders of WAV or FLAC files: the estimates decide what is scored, and each needs a clean file and a mixture
 * of the same name (the extension may differ).
 */
public final class FolderScores {
    private final Map<String, Path> clean;
    private final Map<String, Path> mixtures;
    private final Map<String, Path> estimates;

    /**
     * Matches the files; reads none yet.
     *
     * @throws IOException when a folder can't be listed, there is no estimate, or pairs are missing: all of them are
     *     named
     */
    public FolderScores(Path cleanFolder, Path mixFolder, Path estimateFolder) throws IOException {
        clean = audioFiles(cleanFolder);
        mixtures = audioFiles(mixFolder);
        estimates = audioFiles(estimateFolder);
        if (estimates.isEmpty()) {
            throw new IOException("no WAV or FLAC file in the folder of estimates, " + estimateFolder);
        }
        List<String> missing = new ArrayList<>();
        for (String name : estimates.keySet()) {
            if (!clean.containsKey(name)) {
                missing.add(name + " in " + cleanFolder);
            }
            if (!mixtures.containsKey(name)) {
                missing.add(name + " in " + mixFolder);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "every estimate needs a clean file and a mixture of its name; missing (.wav or .flac): "
                            + String.join(", ", missing));
        }
    }

    /** How many files there are to score. */
    public int size() {
        return estimates.size();
    }

    /**
     * Reads and scores everything, in the order of the names.
     *
     * @param progress told after each file how many are done
     * @throws IOException when a file can't be read, or three of a kind differ in rate or length
     */
    public ScoreTable score(IntConsumer progress) throws IOException {
        List<ScoreTable.FileScores> files = new ArrayList<>();
        for (String name : estimates.keySet()) {
            files.add(new ScoreTable.FileScores(name, scoreOne(name)));
            progress.accept(files.size());
        }
        return new ScoreTable(files);
    }

    private Scores scoreOne(String name) throws IOException {
        AudioClip reference = AudioFiles.read(clean.get(name));
        AudioClip mixture = AudioFiles.read(mixtures.get(name));
        AudioClip estimate = AudioFiles.read(estimates.get(name));
        if (reference.sampleRateHz() != mixture.sampleRateHz() || reference.sampleRateHz() != estimate.sampleRateHz()) {
            throw new IOException(String.format(
                    "%s: sample rates differ: clean %d Hz, mixture %d Hz, estimate %d Hz",
                    name, reference.sampleRateHz(), mixture.sampleRateHz(), estimate.sampleRateHz()));
        }
        try {
            return Scores.of(reference.samples(), mixture.samples(), estimate.samples(), reference.sampleRateHz());
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Path> audioFiles(Path folder) throws IOException {
        Map<String, Path> byName = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String fileName = file.getFileName().toString();
                String lower = fileName.toLowerCase(Locale.ROOT);
                if (lower.endsWith(".wav") || lower.endsWith(".flac")) {
                    Path other = byName.put(fileName.substring(0, fileName.lastIndexOf('.')), file);
                    if (other != null) {
                        throw new IOException(other + " and " + file + " have one name; keep one of them");
                    }
                }
            }
        }
        return byName;
    }
}

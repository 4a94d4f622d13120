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
package io.clearline.evaluation.judge;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.evaluation.Decibels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trials from two folders of WAV or FLAC files, one with mixtures and one with their clean speech. Files with the same
 * name belong together. Since the speakers are unknown, each file counts as a voice of its own, and intervals are over
 * files.
 */
public final class FolderTrials implements TrialSet {
    private final Path cleanFolder;
    private final Path mixFolder;
    private final Map<String, Path> clean;
    private final Map<String, Path> mixtures;
    private final List<TrialLabel> labels = new ArrayList<>();
    /** That of the first file; 0 until it has been read. */
    private int sampleRateHz;

    /**
     * Matches the files, and reads them once to determine their SNR.
     *
     * @throws IOException when a counterpart is missing (the message names all of them), or when two files of a pair do
     *     not match
     */
    public FolderTrials(Path cleanFolder, Path mixFolder) throws IOException {
        this.cleanFolder = cleanFolder;
        this.mixFolder = mixFolder;
        clean = AudioFolder.files(cleanFolder);
        mixtures = AudioFolder.files(mixFolder);
        requireCounterparts();
        for (String name : mixtures.keySet()) {
            labels.add(new TrialLabel(name, TrialKind.MIXTURE, name, null, Double.NaN));
        }
        for (int i = 0; i < labels.size(); i++) {
            Trial trial = trial(i);
            labels.set(
                    i,
                    new TrialLabel(
                            trial.label().name(),
                            TrialKind.MIXTURE,
                            trial.label().name(),
                            null,
                            snrDb(trial)));
        }
    }

    private void requireCounterparts() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String name : mixtures.keySet()) {
            if (!clean.containsKey(name)) {
                missing.add(name + " in " + cleanFolder);
            }
        }
        if (mixtures.isEmpty()) {
            throw new IOException("No WAV or FLAC file in the folder of mixtures, " + mixFolder + ".");
        }
        if (!missing.isEmpty()) {
            throw new IOException("Expected a clean file and a mixture with the same name (.wav or .flac); missing: "
                    + String.join(", ", missing));
        }
    }

    private static double snrDb(Trial trial) {
        double speech = 0;
        double noise = 0;
        for (int i = 0; i < trial.input().length; i++) {
            double rest = (double) trial.input()[i] - trial.reference()[i];
            speech += (double) trial.reference()[i] * trial.reference()[i];
            noise += rest * rest;
        }
        return Decibels.ofRatio(speech, noise);
    }

    @Override
    public List<TrialLabel> labels() {
        return List.copyOf(labels);
    }

    @Override
    public Trial trial(int index) throws IOException {
        TrialLabel label = labels.get(index);
        AudioClip reference = AudioFiles.read(clean.get(label.name()));
        AudioClip mixture = AudioFiles.read(mixtures.get(label.name()));
        if (sampleRateHz == 0) {
            sampleRateHz = mixture.sampleRateHz();
        }
        if (reference.sampleRateHz() != sampleRateHz || mixture.sampleRateHz() != sampleRateHz) {
            throw new IOException(String.format(
                    "%s: sample rates differ: clean %d Hz, mixture %d Hz, first file %d Hz. Convert them to one rate.",
                    label.name(), reference.sampleRateHz(), mixture.sampleRateHz(), sampleRateHz));
        }
        return new Trial(label, sampleRateHz, reference.samples(), mixture.samples());
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("clean", cleanFolder.toString());
        description.put("mix", mixFolder.toString());
        description.put("sampleRateHz", sampleRateHz);
        description.put("files", labels.size());
        return description;
    }
}

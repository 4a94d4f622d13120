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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes trials as WAV files, for systems that process files. Stateless. */
public final class TrialFiles {
    /** The silence appended to each input, so that a system with a delay can complete its output. */
    static final double TAIL_SECONDS = 0.2;

    static final String MIX = "mix";
    static final String CLEAN = "clean";
    static final String LABELS = "trials.json";

    private TrialFiles() {}

    /** Writes the input of a trial, followed by silence. */
    static void writeInput(Trial trial, Path file) throws IOException {
        int tailSamples = (int) (TAIL_SECONDS * trial.sampleRateHz());
        float[] padded = Arrays.copyOf(trial.input(), trial.input().length + tailSamples);
        AudioFiles.writeWav(file, new AudioClip(padded, trial.sampleRateHz()));
    }

    /**
     * Writes the inputs of all trials to {@code folder/mix}, the references to {@code folder/clean}, and the labels to
     * {@code folder/trials.json}. {@link WrittenTrials} reads them.
     *
     * @param listener called after each trial
     */
    public static void writeAll(TrialSet trials, Path folder, Judge.Listener listener) throws IOException {
        Path mix = Files.createDirectories(folder.resolve(MIX));
        Path clean = Files.createDirectories(folder.resolve(CLEAN));
        for (int i = 0; i < trials.labels().size(); i++) {
            Trial trial = trials.trial(i);
            String file = trial.label().name() + ".wav";
            AudioFiles.writeWav(mix.resolve(file), new AudioClip(trial.input(), trial.sampleRateHz()));
            AudioFiles.writeWav(clean.resolve(file), new AudioClip(trial.reference(), trial.sampleRateHz()));
            listener.judged(trial.label());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trialSet", trials.description());
        json.put("sampleRateHz", trials.sampleRateHz());
        json.put("trials", trials.labels().stream().map(LabelJson::of).toList());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(LABELS).toFile(), json);
    }
}

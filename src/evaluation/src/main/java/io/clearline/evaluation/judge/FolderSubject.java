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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A system whose outputs exist already, as WAV or FLAC files with the names of the trials. */
public final class FolderSubject implements Subject {
    private final String name;
    private final Path folder;
    private final Map<String, Path> files;

    /**
     * Lists the files, without reading them.
     *
     * @param name name of the system in reports
     * @throws IOException when the folder cannot be listed or contains no audio
     */
    public FolderSubject(String name, Path folder) throws IOException {
        this.name = name;
        this.folder = folder;
        files = AudioFolder.files(folder);
        if (files.isEmpty()) {
            throw new IOException("No WAV or FLAC file in the folder of enhanced files, " + folder + ".");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(TrialSet trials) throws IOException {
        List<String> missing = trials.labels().stream()
                .map(TrialLabel::name)
                .filter(trial -> !files.containsKey(trial))
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("Expected an enhanced file (.wav or .flac) in " + folder + " for each of the "
                    + trials.labels().size() + " trials; missing " + missing.size() + ": "
                    + String.join(", ", missing)
                    + ". Figures over a part could not be compared. Enhance these too, or take them out of the"
                    + " trials.");
        }
    }

    @Override
    public Output enhance(Trial trial) throws IOException {
        Path file = files.get(trial.label().name());
        AudioClip clip = AudioFiles.read(file);
        if (clip.sampleRateHz() != trial.sampleRateHz()) {
            throw new IOException("Expected " + trial.sampleRateHz() + " Hz, the rate of the trial, found "
                    + clip.sampleRateHz() + " Hz in " + file + ". Convert it.");
        }
        return Output.of(clip.samples());
    }
}

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

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads trials that {@link TrialFiles} wrote. */
public final class WrittenTrials implements TrialSet {
    private final Path folder;
    private final List<TrialLabel> labels = new ArrayList<>();
    private final int sampleRateHz;
    private final Map<String, Object> description;

    /**
     * Reads the labels, without the audio.
     *
     * @throws IOException when {@code trials.json} is missing or malformed
     */
    public WrittenTrials(Path folder) throws IOException {
        this.folder = folder;
        ObjectMapper mapper = new ObjectMapper();
        JsonNode json = mapper.readTree(folder.resolve(TrialFiles.LABELS).toFile());
        try {
            json.path("trials").forEach(row -> labels.add(LabelJson.read(row)));
        } catch (IllegalArgumentException e) {
            throw new IOException("Expected trials written by --write in " + folder + ": " + e.getMessage(), e);
        }
        sampleRateHz = json.path("sampleRateHz").asInt();
        if (sampleRateHz <= 0) {
            throw new IOException("Expected a positive sampleRateHz in " + folder.resolve(TrialFiles.LABELS)
                    + ", found " + json.path("sampleRateHz") + ".");
        }
        description = mapper.convertValue(json.path("trialSet"), new TypeReference<>() {});
    }

    @Override
    public List<TrialLabel> labels() {
        return List.copyOf(labels);
    }

    @Override
    public Trial trial(int index) throws IOException {
        TrialLabel label = labels.get(index);
        String file = label.name() + ".wav";
        return new Trial(
                label,
                sampleRateHz,
                samples(folder.resolve(TrialFiles.CLEAN).resolve(file)),
                samples(folder.resolve(TrialFiles.MIX).resolve(file)));
    }

    private float[] samples(Path file) throws IOException {
        AudioClip clip = AudioFiles.read(file);
        if (clip.sampleRateHz() != sampleRateHz) {
            throw new IOException("Expected " + sampleRateHz + " Hz in " + file + ", as " + TrialFiles.LABELS
                    + " says, found " + clip.sampleRateHz() + " Hz.");
        }
        return clip.samples();
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public Map<String, Object> description() {
        return description;
    }
}

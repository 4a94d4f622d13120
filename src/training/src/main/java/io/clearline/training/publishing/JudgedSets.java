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
package io.clearline.training.publishing;

import io.clearline.evaluation.judge.TrialSet;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import io.clearline.training.mixing.JudgeTrials;
import io.clearline.training.mixing.Recordings;
import io.clearline.training.mixing.VoicesAndNoises;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The evaluation sets of a model that is to be published.
 *
 * @param development set of the checks; it may also be used to select models
 * @param test never used for selection, evaluated once for each published version; empty if there is none
 */
public record JudgedSets(TrialSet development, Optional<TrialSet> test) {
    /** Returns the development and test splits of a fetched corpus. */
    public static JudgedSets ofCorpus(Path corpus, int sampleRateHz, int perSnr) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(corpus);
        return new JudgedSets(
                JudgeTrials.ofCorpus(corpus, manifest, Role.DEVELOPMENT, sampleRateHz, perSnr),
                Optional.of(JudgeTrials.ofCorpus(corpus, manifest, Role.TEST, sampleRateHz, perSnr)));
    }

    /** Returns the development and test splits of two folders, as in training; see {@link Recordings#ofFolder}. */
    public static JudgedSets ofFolders(Path speech, Path noise, int sampleRateHz, int perSnr) throws IOException {
        Map<Role, Recordings> voices = Recordings.ofFolder(speech, Kind.SPEECH, sampleRateHz);
        Map<Role, Recordings> noises = Recordings.ofFolder(noise, Kind.NOISE, sampleRateHz);
        return new JudgedSets(
                trials(voices, noises, Role.DEVELOPMENT, sampleRateHz, perSnr),
                Optional.of(trials(voices, noises, Role.TEST, sampleRateHz, perSnr)));
    }

    private static TrialSet trials(
            Map<Role, Recordings> voices, Map<Role, Recordings> noises, Role role, int sampleRateHz, int perSnr) {
        VoicesAndNoises material = new VoicesAndNoises(
                sampleRateHz,
                voices.get(role),
                numbered("voice", voices.get(role)),
                noises.get(role),
                numbered("noise", noises.get(role)));
        return new JudgeTrials(material, Map.of("recordings", "your own", "split", role.toString()), perSnr);
    }

    private static List<String> numbered(String what, Recordings recordings) {
        return IntStream.range(0, recordings.groups())
                .mapToObj(index -> what + " " + (index + 1))
                .toList();
    }

    /** Returns whole folders as the development set, without a test set, for models whose corpus is not available. */
    public static JudgedSets developmentOnly(Path speech, Path noise, int sampleRateHz, int perSnr) throws IOException {
        Map<String, Object> source = Map.of(
                "speech",
                speech.getFileName().toString(),
                "noise",
                noise.getFileName().toString());
        return new JudgedSets(
                new JudgeTrials(VoicesAndNoises.ofFolders(speech, noise, sampleRateHz), source, perSnr),
                Optional.empty());
    }
}

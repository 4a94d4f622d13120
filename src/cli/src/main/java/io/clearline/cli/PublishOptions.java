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
package io.clearline.cli;

import io.clearline.evaluation.judge.Judge;
import io.clearline.modelstore.ModelRepository;
import io.clearline.training.Progress;
import io.clearline.training.mixing.JudgeTrials;
import io.clearline.training.publishing.JudgedSets;
import io.clearline.training.publishing.Publisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the checks and scores of a model, for the commands that publish one. */
final class PublishOptions {
    private static final String SAMPLE = "deploy/local/sample";
    private static final int THREADS = 2;

    @Option(
            names = "--despite",
            paramLabel = "REASON",
            description = "Publish the model even if it fails its checks; the reason is recorded in its card.")
    private String despite;

    @Within(min = 1)
    @Option(
            names = "--per-snr",
            paramLabel = "N",
            defaultValue = "" + JudgeTrials.PER_SNR,
            description = "Number of mixtures at each of eight SNRs for the scores (default: ${DEFAULT-VALUE}).")
    private int perSnr;

    Optional<String> despite() {
        return Optional.ofNullable(despite);
    }

    Publisher publisher(ModelRepository repository, JudgedSets sets, Progress progress) {
        return new Publisher(repository, sets, new Judge(THREADS), progress);
    }

    /** Returns the splits of a corpus if the folder contains one, otherwise the sample recordings of Clearline. */
    JudgedSets sets(Path corpus, int sampleRateHz) throws IOException {
        return isCorpus(corpus) ? JudgedSets.ofCorpus(corpus, sampleRateHz, perSnr) : sample(sampleRateHz);
    }

    static boolean isCorpus(Path folder) {
        return Files.exists(folder.resolve("manifest.json"));
    }

    JudgedSets ofFolders(Path speech, Path noise, int sampleRateHz) throws IOException {
        return JudgedSets.ofFolders(speech, noise, sampleRateHz, perSnr);
    }

    JudgedSets sample(int sampleRateHz) throws IOException {
        Path sample = Repositories.home().resolve(SAMPLE);
        if (!Files.isDirectory(sample)) {
            throw new IOException("The model can't be checked without audio. Expected a corpus (clearline corpus fetch)"
                    + " or the sample recordings in " + sample.toAbsolutePath() + ", found neither.");
        }
        return JudgedSets.developmentOnly(sample.resolve("speech"), sample.resolve("noise"), sampleRateHz, perSnr);
    }
}

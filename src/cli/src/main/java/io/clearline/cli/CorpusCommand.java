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

import io.clearline.training.corpus.CorpusFetcher;
import io.clearline.training.corpus.CorpusPackage;
import io.clearline.training.corpus.SyntheticVoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearline corpus}: builds the corpus that the published models were trained on. */
@Command(
        name = "corpus",
        description = "Fetch the audio that models are trained on.",
        synopsisSubcommandLabel = "COMMAND")
final class CorpusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command; expected fetch.");
    }

    @Command(
            name = "fetch",
            description = "Download free speech and noise from Debian packages, and convert them to 16 kHz WAV.")
    int fetch(
            @Option(
                            names = "--dir",
                            paramLabel = "DIR",
                            defaultValue = "corpus",
                            description = "Folder for the corpus (default: ${DEFAULT-VALUE}).")
                    Path folder,
            @Option(
                            names = "--without-synthesis",
                            description =
                                    "Leave out synthetic voices: fewer languages, but no speech engine to install.")
                    boolean withoutSynthesis)
            throws IOException {
        try (TerminalProgress progress = new TerminalProgress()) {
            List<SyntheticVoice> voices = withoutSynthesis ? List.of() : SyntheticVoice.published();
            new CorpusFetcher(folder).fetch(CorpusPackage.published(), voices, progress);
        }
        System.out.println("The corpus is in " + folder);
        return 0;
    }
}

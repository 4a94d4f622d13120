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

import io.clearline.evaluation.FolderScores;
import io.clearline.evaluation.ScoreTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores enhanced files against clean ones. */
@Command(
        name = "score",
        description =
                "Score enhanced files: BSS-Eval SDR, SI-SDR and STOI by file, by input SNR and overall. Files of one name belong together.")
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--clean", required = true, paramLabel = "DIR", description = "The speech alone.")
    private Path clean;

    @Option(names = "--mix", required = true, paramLabel = "DIR", description = "The noisy input.")
    private Path mix;

    @Option(names = "--estimate", required = true, paramLabel = "DIR", description = "The enhanced output.")
    private Path estimate;

    @Option(names = "--json", description = "Print JSON in place of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        FolderScores folders = new FolderScores(clean, mix, estimate);
        ScoreTable table;
        try (TerminalProgress progress = new TerminalProgress()) {
            progress.begin("Scoring", folders.size());
            table = folders.score(done -> progress.step(""));
        }
        System.out.print(json ? table.toJson() : table.toText());
        return 0;
    }
}

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

import io.clearline.cli.archive.Archive;
import io.clearline.cli.archive.ArchiveSettings;
import io.clearline.cli.audio.EnhanceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearline archive}: enhances the audio files of a watched folder. */
@Command(
        name = "archive",
        description = {
            "Enhance every audio file that appears in a folder, exactly once, into the same path below another folder.",
            "The samples are those of a replay. After a crash it continues where it stopped. A file is enhanced again"
                    + " if it changes or the model changes."
        })
final class ArchiveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "Folder to watch, with all its subfolders.")
    private Path in;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Folder for the results; the journal is in its subfolder .clearline.")
    private Path out;

    @Option(names = "--once", description = "Exit when every file is done or has failed.")
    private boolean once;

    @Within(min = 0)
    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "A file is complete when it has not changed for this time (default: ${DEFAULT-VALUE}).")
    private int settleSeconds;

    @Mixin
    private FileRunOptions runs;

    @Mixin
    private EnhanceOptions options;

    @Mixin
    private ModelOptions models;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EnhanceSettings settings = options.settings();
        if (!Files.isDirectory(in)) {
            throw new NotDirectoryException(
                    "Expected a folder with audio files, found " + in + ", which is no folder.");
        }
        ArchiveSettings archive = new ArchiveSettings(
                in.toAbsolutePath().normalize(),
                out.toAbsolutePath().normalize(),
                options.container(),
                ArchiveSettings.digest(models.modelSet().ids(), settings),
                Duration.ofSeconds(settleSeconds),
                once,
                runs.jobs());
        EnhanceReport report = runs.report(0);
        new Archive(archive, run -> models.enhancer(settings, run), report, report::warning).run();
        return report.end(out);
    }
}

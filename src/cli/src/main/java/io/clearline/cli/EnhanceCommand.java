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

import io.clearline.cli.AudioPaths.AudioPath;
import io.clearline.dsp.AudioFiles;
import io.clearline.job.offline.OfflineEnhancer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Enhances files without Kafka, with the job's own signal path and samples. */
@Command(
        name = "enhance",
        description = "Enhance WAV and FLAC files, with no Kafka: the samples are the job's, bit for bit.")
final class EnhanceCommand implements Callable<Integer> {
    /** The frame length has no part in the samples; this is what senders use. */
    private static final int FRAME_MILLIS = 20;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "WAV or FLAC files, or folders of them.")
    private List<Path> inputs;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the WAV files go.")
    private Path out;

    @Option(
            names = "--encoding",
            defaultValue = "pcm",
            description =
                    "Enhance as a stream of this encoding: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

    @Mixin
    private ModelOptions models;

    @Override
    public Integer call() throws IOException {
        List<AudioPath> files = AudioPaths.find(inputs);
        OfflineEnhancer enhancer = new OfflineEnhancer(models.modelSet());
        try (TerminalProgress progress = new TerminalProgress()) {
            progress.begin("Enhancing", files.size());
            for (AudioPath each : files) {
                Path target = out.resolve(each.relative());
                requireNotItself(each.file(), target);
                Files.createDirectories(target.toAbsolutePath().getParent());
                AudioFiles.writeWav(
                        target, enhancer.enhance(AudioFiles.read(each.file()), encoding.wire(), FRAME_MILLIS));
                progress.step(each.relative().toString());
            }
        }
        System.out.println("Enhanced " + files.size() + (files.size() == 1 ? " file" : " files") + " into " + out);
        return 0;
    }

    private static void requireNotItself(Path file, Path target) throws IOException {
        if (Files.exists(target) && Files.isSameFile(file, target)) {
            throw new IOException(file + " would be overwritten by its own result. Choose another --out.");
        }
    }
}

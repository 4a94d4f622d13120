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

import io.clearline.cli.audio.AudioInputs;
import io.clearline.cli.audio.EnhanceRun;
import io.clearline.cli.audio.EnhanceSettings;
import io.clearline.cli.audio.FileEnhancer;
import io.clearline.cli.audio.ResultPaths;
import io.clearline.cli.audio.ResultTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clearline enhance}: enhances files and pipes without Kafka, bit-exactly as the job does. */
@Command(
        name = "enhance",
        description = {
            "Enhance audio files or standard input without Kafka; the samples are those of the job, bit for bit.",
            "Each channel is enhanced separately; channels, sample rate, bit depth and tags are kept."
        })
final class EnhanceCommand implements Callable<Integer> {
    private static final Path STANDARD = Path.of("-");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR|-",
            description = "Audio files or folders of them; -: standard input.")
    private List<Path> inputs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR|FILE|-",
            description = "Folder for the results, which keeps the tree below each input folder; for a single file"
                    + " also a .wav"
                    + " or .flac file. -: standard output, the default for standard input.")
    private Path out;

    @Mixin
    private FileRunOptions runs;

    @Mixin
    private EnhanceOptions options;

    @Mixin
    private ModelOptions models;

    /** Whether {@code --out} is a file, pipe or device for a single result. */
    private boolean single;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EnhanceSettings settings = options.settings();
        boolean fromPipe = inputs.contains(STANDARD);
        boolean toPipe = STANDARD.equals(out) || out == null && fromPipe;
        if ((fromPipe || toPipe) && inputs.size() > 1) {
            throw invalid("Standard input and output take a single file. Give - alone, or a folder as --out.");
        }
        if (out == null && !toPipe) {
            throw invalid("Missing required option: '--out=DIR', the folder for the results.");
        }
        single = out != null && !toPipe && isSingle();
        if (single && (inputs.size() > 1 || Files.isDirectory(inputs.get(0)))) {
            throw invalid("Expected a folder as --out for several files, found " + out + ".");
        }
        if (toPipe && runs.json()) {
            throw invalid("--json can't be combined with audio on standard output.");
        }
        return fromPipe || toPipe ? enhancePipe(settings, fromPipe, toPipe) : enhanceFiles(settings);
    }

    private ParameterException invalid(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private int enhancePipe(EnhanceSettings settings, boolean fromPipe, boolean toPipe) throws IOException {
        FileEnhancer enhancer = new FileEnhancer(models.modelSet(), settings, () -> false);
        InputStream in = new StandardInput();
        String container = options.container();
        EnhanceReport report = runs.report(1);
        Path name = fromPipe ? Path.of("standard input") : inputs.get(0);
        try {
            if (toPipe) {
                OutputStream to = new BufferedOutputStream(StandardOutput.stream());
                report.done(name, null, fromPipe ? enhancer.enhance(in, to) : enhancer.enhance(inputs.get(0), to));
            } else {
                Path target = single ? out : out.resolve("stdin." + (container == null ? "wav" : container));
                report.done(name, target, enhancer.enhance(in, target));
            }
        } catch (IOException | RuntimeException e) {
            report.failed(name, EnhanceRun.reason(e));
        }
        return report.end(null);
    }

    private int enhanceFiles(EnhanceSettings settings) throws IOException, InterruptedException {
        AudioInputs found = AudioInputs.find(inputs, out);
        EnhanceReport report = runs.report(found.found().size());
        found.failed().forEach(report::failed);
        if (found.found().isEmpty() && found.failed().isEmpty()) {
            throw new IOException("Expected audio files in " + inputs + ", found none.");
        }
        List<Path> targets = single
                ? List.of(out)
                : ResultPaths.of(found.found(), options.container()).stream()
                        .map(out::resolve)
                        .toList();
        // A missing model fails here once, instead of in each thread.
        models.modelSet();
        EnhanceRun run = new EnhanceRun(each -> models.enhancer(settings, each), report);
        run.run(found.found(), single ? targets.subList(0, found.found().size()) : targets, runs.jobs());
        return report.end(out);
    }

    private boolean isSingle() {
        try {
            return ResultTarget.isSingle(out, options.container());
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }
}

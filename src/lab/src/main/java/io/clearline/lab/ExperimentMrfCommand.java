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
package io.clearline.lab;

import io.clearline.cli.Repositories;
import io.clearline.cli.TerminalProgress;
import io.clearline.lab.mrf.MrfExperiment;
import io.clearline.lab.mrf.MrfPlan;
import io.clearline.lab.mrf.MrfReport;
import io.clearline.lab.mrf.MrfResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the experiment that compares belief propagation with mean field, both unfolded. */
@Command(
        name = "mrf",
        description = {
            "Compare belief propagation with mean field, both unfolded and trained, at equal depth. The task is the"
                    + " denoising of images whose pixels form a loopy grid.",
            "Takes some minutes on one core. The same seed gives the same numbers."
        })
final class ExperimentMrfCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Use a small grid, in seconds, to check that the experiment runs.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the tables and the chart (default: src/lab/experiments of the repository; with"
                    + " --quick, out/experiment-mrf-quick).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        MrfPlan plan = quick ? MrfPlan.quick() : MrfPlan.full();
        long start = System.nanoTime();
        List<MrfResult> results;
        try (TerminalProgress progress = new TerminalProgress()) {
            results = new MrfExperiment(plan).run(progress);
        }
        MrfReport report = new MrfReport(plan, results, (System.nanoTime() - start) / 1e9);
        Path folder = out != null ? out : standardFolder();
        report.write(folder);
        report.differences()
                .forEach(each -> System.out.printf(
                        Locale.ROOT,
                        "%d updates: belief propagation needs %.3f bits a pixel less than mean field (95 %% interval:"
                                + " %.3f to %.3f)%n",
                        each.depth(),
                        each.bits().mean(),
                        each.bits().low(),
                        each.bits().high()));
        System.out.println("Wrote the tables to " + folder);
        return 0;
    }

    private Path standardFolder() {
        return quick
                ? Path.of("out", "experiment-mrf-quick")
                : Repositories.home().resolve("src/lab/experiments");
    }
}

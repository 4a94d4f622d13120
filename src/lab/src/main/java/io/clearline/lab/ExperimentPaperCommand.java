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

import io.clearline.cli.TerminalProgress;
import io.clearline.lab.paper.PaperExperiment;
import io.clearline.lab.paper.PaperPlan;
import io.clearline.lab.paper.PaperReport;
import io.clearline.lab.paper.RowResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the experiment of the paper that the method comes from, on free data. */
@Command(
        name = "paper",
        description = {
            "Compute the paper's table on free data: sparse, discriminative and deep NMF compared with DNNs, trained on"
                    + " the same mixtures and scored on the same test split.",
            "Each finished row is kept. Run the same command again to continue."
        })
final class ExperimentPaperCommand implements Callable<Integer> {
    @Option(
            names = "--quick",
            description = "Run a few rows and steps, in minutes, to check that the experiment runs. The figures are"
                    + " meaningless.")
    private boolean quick;

    @Option(
            names = "--optimisers",
            description =
                    "Run only the rows that compare multiplicative back-propagation with Adam, with their" + " curves.")
    private boolean optimisers;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Folder that clearline corpus fetch created (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Folder of the finished rows (default: out/experiment-paper, followed by -quick or -optimisers with"
                            + " these options).")
    private Path work;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the tables and the charts (default: the folder of the rows). The published ones"
                    + " are in src/lab/experiments.")
    private Path out;

    @Option(
            names = "--row",
            paramLabel = "ID",
            description = "Run only this row, such as nmf-k25-r100-c1 or dnn-2x1536; repeatable (default: all).")
    private Set<String> only;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Start no further row after N minutes. The table names the missing rows.")
    private int minutes;

    @Override
    public Integer call() throws IOException {
        PaperPlan plan = quick ? PaperPlan.quick() : optimisers ? PaperPlan.optimisers() : PaperPlan.full();
        Path folder = work != null
                ? work
                : Path.of("out", "experiment-paper" + (plan.name().equals("full") ? "" : "-" + plan.name()));
        PaperExperiment experiment = new PaperExperiment(plan, corpus, folder);
        Instant end = Instant.now().plus(Duration.ofMinutes(minutes));
        List<RowResult> rows;
        try (TerminalProgress progress = new TerminalProgress()) {
            rows = experiment.run(
                    row -> Instant.now().isBefore(end) && (only == null || only.contains(row.id())),
                    ExperimentPaperCommand::print,
                    progress);
        }
        if (rows.isEmpty()) {
            throw new IOException("No row is finished; allow more --minutes, or check the id in --row.");
        }
        Path tables = out != null ? out : folder;
        new PaperReport(plan, experiment.manifestSha256(), rows).write(tables);
        System.out.println(
                rows.size() + " of " + plan.rows().size() + " rows are finished; wrote the tables to " + tables);
        return 0;
    }

    private static void print(RowResult row) {
        System.out.printf(
                "%-48s %6.2f dB  (%d of %d steps, %.0f s)%n",
                row.title(), row.meanSdrDb(), row.bestStep(), row.steps(), row.trainingSeconds());
    }
}

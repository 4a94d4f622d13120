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
package io.clearline.lab.mrf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.evaluation.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the tables of the experiment as Markdown, JSON and a chart. Immutable. */
public final class MrfReport {
    private final MrfPlan plan;
    private final List<MrfResult> results;
    private final double seconds;

    /** @param seconds duration of the run */
    public MrfReport(MrfPlan plan, List<MrfResult> results, double seconds) {
        this.plan = plan;
        this.results = List.copyOf(results);
        this.seconds = seconds;
    }

    /**
     * Loss of mean field minus loss of belief propagation at one depth, both trained, over all fields.
     *
     * @param depth number of updates before the read-out
     * @param bits difference in bits a pixel; positive if belief propagation is better
     * @param errorRate difference of the error rates; positive if belief propagation is better
     * @param tasksWon number of fields in which belief propagation needs fewer bits
     * @param tasks number of fields
     */
    public record Difference(int depth, Interval bits, Interval errorRate, int tasksWon, int tasks) {}

    /** Returns the differences by depth; empty if the plan does not contain both alphas 0 and 1. */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (int depth : plan.depths()) {
            List<MrfResult> meanField = results(depth, 0);
            List<MrfResult> beliefPropagation = results(depth, 1);
            if (meanField.isEmpty() || beliefPropagation.isEmpty()) {
                continue;
            }
            double[] bits = new double[meanField.size()];
            double[] errors = new double[meanField.size()];
            int won = 0;
            for (int task = 0; task < bits.length; task++) {
                MrfScore a = meanField.get(task).trained();
                MrfScore b = beliefPropagation.get(task).trained();
                bits[task] = a.bits() - b.bits();
                errors[task] = a.errorRate() - b.errorRate();
                won += bits[task] > 0 ? 1 : 0;
            }
            differences.add(new Difference(depth, Interval.of(bits), Interval.of(errors), won, bits.length));
        }
        return differences;
    }

    /** Writes a Markdown, a JSON and a PNG file with the name of the plan. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(plan.name() + ".md"), markdown());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("plan", plan);
        json.put("seconds", Math.round(seconds));
        json.put("differences", differences());
        json.put("results", results);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(plan.name() + ".json").toFile(), json);
        picture(folder.resolve(plan.name() + ".png"));
    }

    private String markdown() {
        return "# Mean field and belief propagation, both unfolded\n\n"
                + "Made by `clearline-lab experiment mrf" + (plan.name().endsWith("quick") ? " --quick" : "")
                + "`, not by hand. " + task()
                + "\n\n![Loss by depth](" + plan.name() + ".png)\n\n"
                + table()
                + "\n## Belief propagation against mean field, at equal depth\n\n"
                + differenceTable()
                + conditions();
    }

    private String task() {
        return String.format(
                Locale.ROOT,
                "The task: binary images of %d x %d pixels, neighbours coupled by random attraction and repulsion,"
                        + " under Gaussian noise of standard deviation %.2f (the pixels are -1 and 1). Which pixels"
                        + " are 1? The true model is known; inference in it is hard, as the grid is full of loops."
                        + " The exact answer, by summing over all images, is the bound for everyone.",
                plan.rows(),
                plan.columns(),
                plan.noise());
    }

    private String table() {
        StringBuilder text = new StringBuilder("| inference | updates | weights | untrained, bits a pixel | trained |"
                + " wrong pixels untrained | trained |\n|---|---:|---:|---:|---:|---:|---:|\n");
        for (double alpha : plan.alphas()) {
            for (int depth : plan.depths()) {
                List<MrfResult> rows = results(depth, alpha);
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.3f | **%.3f** | %.2f %% | %.2f %% |%n",
                        name(alpha),
                        depth,
                        rows.get(0).parameters(),
                        mean(rows, row -> row.untrained().bits()),
                        mean(rows, row -> row.trained().bits()),
                        100 * mean(rows, row -> row.untrained().errorRate()),
                        100 * mean(rows, row -> row.trained().errorRate())));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "| exact | | | %.3f | | %.2f %% | |%n",
                mean(results, row -> row.exact().bits()),
                100 * mean(results, row -> row.exact().errorRate())));
        return text + "\nCross-entropy of the clean pixel on test images, means over " + plan.tasks()
                + " fields. Untrained: the true model's weights in every layer, which is the algorithm itself,"
                + " stopped.\n";
    }

    private String differenceTable() {
        StringBuilder text = new StringBuilder(
                "Mean field's loss less belief propagation's, both trained: above zero belief propagation is better."
                        + " Pairs over the fields, 95 % interval by Student's t.\n\n| updates | bits a pixel | 95 % |"
                        + " wrong pixels | 95 % | fields won |\n|---:|---:|---:|---:|---:|---:|\n");
        for (Difference each : differences()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %+.3f | %+.3f to %+.3f | %+.2f %% | %+.2f to %+.2f %% | %d of %d |%n",
                    each.depth,
                    each.bits.mean(),
                    each.bits.low(),
                    each.bits.high(),
                    100 * each.errorRate.mean(),
                    100 * each.errorRate.low(),
                    100 * each.errorRate.high(),
                    each.tasksWon,
                    each.tasks));
        }
        return text.append('\n').toString();
    }

    private String conditions() {
        return "## Conditions\n\n"
                + String.format(
                        Locale.ROOT,
                        "- %d fields, J uniform in -%.1f to %.1f; for each %d images to train on and %d others to"
                                + " test, drawn exactly from the field.%n",
                        plan.tasks(),
                        plan.strength(),
                        plan.strength(),
                        plan.trainingImages(),
                        plan.testImages())
                + "- Every network: K updates and a read-out, all untied, the same weights in number and shape; it"
                + " sees K pixels far. Each is trained through its own unfolding.\n"
                + String.format(
                        Locale.ROOT,
                        "- Adam, %d steps of %d images, largest step %.3f, from the true model's weights;"
                                + " cross-entropy. The same for all.%n",
                        plan.steps(),
                        plan.batch(),
                        plan.stepSize())
                + String.format(Locale.ROOT, "- Seed %d. The run took %.0f s on one core.%n", plan.seed(), seconds);
    }

    private void picture(Path png) throws IOException {
        LineChart chart =
                new LineChart("Denoising a loopy grid", "updates before the read-out", "bits a pixel").withMarks();
        double[] depths = plan.depths().stream().mapToDouble(depth -> depth).toArray();
        for (double alpha : plan.alphas()) {
            chart.add(name(alpha) + ", trained", depths, byDepth(alpha, row -> row.trained()
                    .bits()));
        }
        chart.add(name(1) + ", untrained", depths, byDepth(1, row -> row.untrained()
                .bits()));
        chart.add("exact", depths, byDepth(1, row -> row.exact().bits()));
        chart.write(png);
    }

    private double[] byDepth(double alpha, ToDoubleFunction<MrfResult> value) {
        return plan.depths().stream()
                .mapToDouble(depth -> mean(results(depth, alpha), value))
                .toArray();
    }

    private List<MrfResult> results(int depth, double alpha) {
        return results.stream()
                .filter(row -> row.depth() == depth && row.alpha() == alpha)
                .toList();
    }

    private static double mean(List<MrfResult> rows, ToDoubleFunction<MrfResult> value) {
        return rows.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static String name(double alpha) {
        return alpha == 0 ? "mean field" : alpha == 1 ? "belief propagation" : "alpha = " + alpha;
    }
}

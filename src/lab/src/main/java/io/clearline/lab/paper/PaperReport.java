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
package io.clearline.lab.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.evaluation.LineChart;
import io.clearline.evaluation.PairedBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes the table of the experiment as Markdown, JSON and charts. Immutable. */
public final class PaperReport {
    private static final String PLAIN = "nmf-k25-r100-c0";
    private static final String DEEP = "nmf-k25-r100-c2";
    private static final String MULTIPLICATIVE = "nmf-k25-r100-c2-multiplicative";
    private static final String LARGE_DNN = "dnn-2x1536";

    private final PaperPlan plan;
    private final String manifestSha256;
    private final Map<String, RowResult> rows = new LinkedHashMap<>();
    private final double[] snrsDb;

    /**
     * Prepares a report.
     *
     * @param manifestSha256 SHA-256 of the corpus manifest
     * @param results finished rows, at least one
     */
    public PaperReport(PaperPlan plan, String manifestSha256, List<RowResult> results) {
        this.plan = plan;
        this.manifestSha256 = manifestSha256;
        plan.rows().stream()
                .sorted(Comparator.comparing(PaperRow::isDnn)
                        .thenComparing(PaperRow::iterations)
                        .thenComparing(PaperRow::atomsPerSource)
                        .thenComparing(PaperRow::trainedSlots)
                        .thenComparing(PaperRow::optimiser))
                .forEach(row -> results.stream()
                        .filter(result -> result.id().equals(row.id()))
                        .forEach(result -> rows.put(row.id(), result)));
        snrsDb = Arrays.stream(results.get(0).snrDb()).distinct().sorted().toArray();
    }

    /**
     * A comparison of two rows with the result that the paper suggests.
     *
     * @param claim the expectation in words
     * @param better id of the row that is expected to be better
     * @param worse id of the other row
     * @param expectedDb smallest mean difference in SDR that meets the expectation
     */
    private record Comparison(String claim, String better, String worse, double expectedDb) {}

    private static List<Comparison> comparisons() {
        List<Comparison> all = new ArrayList<>();
        all.add(new Comparison("The 440 K deep NMF is no worse than the large DNN", DEEP, LARGE_DNN, 0));
        for (int k : new int[] {25, 4}) {
            String name = "nmf-k" + k + "-r100-c";
            all.add(new Comparison("The first trained slot helps, K = " + k, name + 1, name + 0, 0));
            all.add(new Comparison("The second trained slot helps, K = " + k, name + 2, name + 1, 0));
            all.add(new Comparison("The third does no harm, K = " + k, name + 3, name + 2, -0.05));
            all.add(new Comparison("The fourth does no harm, K = " + k, name + 4, name + 3, -0.05));
        }
        all.add(new Comparison("More iterations help, C = 2", DEEP, "nmf-k4-r100-c2", 0));
        all.add(new Comparison("A thousand atoms help, C = 1", "nmf-k25-r1000-c1", "nmf-k25-r100-c1", 0));
        all.add(new Comparison("Adam is no worse than multiplicative back-propagation", DEEP, MULTIPLICATIVE, 0));
        for (String dnn : List.of("dnn-2x1024", "dnn-1x1024", "dnn-3x256")) {
            all.add(new Comparison("Nor than the other DNNs", DEEP, dnn, 0));
        }
        return all;
    }

    /**
     * Writes {@code paper.md}, {@code paper.json}, {@code paper.png} and {@code paper-training.png}. The files of plans
     * other than the full one have the name of the plan in theirs, such as paper-quick.
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = plan.name().equals("full") ? "paper" : "paper-" + plan.name();
        Files.writeString(folder.resolve(name + ".md"), markdown(name));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(name + ".json").toFile(), json());
        picture(folder.resolve(name + ".png"));
        trainingPicture(folder.resolve(name + "-training.png"));
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("plan", plan);
        json.put("corpusManifestSha256", manifestSha256);
        json.put("rows", rows.values());
        json.put("missing", missing());
        json.put(
                "differences",
                comparisons().stream()
                        .filter(this::isAvailable)
                        .map(each -> Map.of(
                                "claim", each.claim,
                                "a", each.better,
                                "b", each.worse,
                                "expectedAtLeastDb", each.expectedDb,
                                "holds", holds(each),
                                "differenceDb", difference(each)))
                        .toList());
        return json;
    }

    private List<String> missing() {
        return plan.rows().stream()
                .filter(row -> !rows.containsKey(row.id()))
                .map(PaperRow::title)
                .toList();
    }

    private String markdown(String name) {
        StringBuilder text = new StringBuilder("# The paper's experiment, on free data\n\n");
        text.append("Made by `clearline-lab experiment paper")
                .append(plan.name().equals("full") ? "" : " --" + plan.name());
        text.append("`, not by hand. Hershey, Le Roux and Weninger (arXiv:1409.2574) trained on CHiME-2, which is"
                + " licensed; this is the same experiment on other data, **so its decibels are not the paper's and"
                + " can't be held against them. Only the order of the rows can.**\n\n");
        text.append(table());
        text.append("\nMean SDR (BSS Eval 3) of the output in dB on ")
                .append(first().snrDb().length)
                .append(" test mixtures of 5 s, by the SNR they were mixed at. P_D: parameters that were trained"
                        + " discriminatively; P: all. Steps: those that gave the scored weights, of those done.\n\n");
        if (!missing().isEmpty()) {
            text.append("**Not run:** ").append(String.join("; ", missing())).append(".\n\n");
        }
        text.append("![SDR gain by input SNR](").append(name).append(".png)\n\n");
        text.append("![Development loss by step](").append(name).append("-training.png)\n\n## Differences\n\n");
        text.append(differences());
        text.append(gains());
        text.append(conditions());
        return text.toString();
    }

    private String table() {
        StringBuilder text = new StringBuilder("| |");
        for (double snrDb : snrsDb) {
            text.append(String.format(Locale.ROOT, " %.0f dB |", snrDb));
        }
        text.append(" mean | STOI | P_D | P | steps | minutes |\n|---|").append("---:|".repeat(snrsDb.length + 6));
        text.append("\n| mixture |");
        for (double snrDb : snrsDb) {
            text.append(String.format(Locale.ROOT, " %.2f |", first().meanInputSdrAtDb(snrDb)));
        }
        text.append(String.format(Locale.ROOT, " %.2f | | | | | |%n", RowResult.mean(first().sdrInDb())));
        for (RowResult row : rows.values()) {
            text.append("| ").append(row.title()).append(" |");
            for (double snrDb : snrsDb) {
                text.append(String.format(Locale.ROOT, " %.2f |", row.meanSdrAtDb(snrDb)));
            }
            text.append(String.format(
                    Locale.ROOT,
                    " **%.2f** | %.3f | %s | %s | %d of %d | %.1f |%n",
                    row.meanSdrDb(),
                    RowResult.mean(row.stoiOut()),
                    thousands(row.trainedParameters()),
                    thousands(row.parameters()),
                    row.bestStep(),
                    row.steps(),
                    row.trainingSeconds() / 60));
        }
        return text.toString();
    }

    private String differences() {
        StringBuilder text = new StringBuilder(
                "Mean difference in SDR over the same mixtures, with the 95 % interval of a paired bootstrap.\n\n"
                        + "| expectation | a | b | a - b, dB | 95 % | holds |\n|---|---|---|---:|---:|---|\n");
        for (Comparison each : comparisons()) {
            if (isAvailable(each)) {
                PairedBootstrap found = difference(each);
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %+.2f | %+.2f to %+.2f | %s%s |%n",
                        each.claim,
                        rows.get(each.better).title(),
                        rows.get(each.worse).title(),
                        found.meanDb(),
                        found.lowDb(),
                        found.highDb(),
                        holds(each) ? "yes" : "**no**",
                        found.isClear() ? "" : " (the interval holds 0)"));
            }
        }
        return text.append('\n').toString();
    }

    /** Returns the gain of training two slots by input SNR, or nothing if a row for it is missing. */
    private String gains() {
        if (!rows.containsKey(PLAIN) || !rows.containsKey(DEEP)) {
            return "";
        }
        StringBuilder text = new StringBuilder("What training two slots adds to sparse NMF (K = 25), by input SNR:");
        for (double snrDb : snrsDb) {
            text.append(String.format(
                    Locale.ROOT,
                    " %+.2f dB at %.0f%s",
                    rows.get(DEEP).meanSdrAtDb(snrDb) - rows.get(PLAIN).meanSdrAtDb(snrDb),
                    snrDb,
                    snrDb == snrsDb[snrsDb.length - 1] ? "." : ","));
        }
        return text.append("\n\n").toString();
    }

    private String conditions() {
        double minutes =
                rows.values().stream().mapToDouble(RowResult::trainingSeconds).sum() / 60;
        return "## Conditions\n\n"
                + "- Data: the corpus of `clearline corpus fetch`, manifest SHA-256 `" + manifestSha256
                + "` (the manifest holds the checksum of every package). Speakers and noise packages of training,"
                + " development and test never mix; the test split has few of either, which the intervals, taken over"
                + " mixtures, don't show.\n"
                + "- Every row: the same " + plan.mixtures() + " mixtures of " + plan.segmentSeconds()
                + " s to train on, the same objective (" + plan.objective() + "), Adam where the row says nothing else,"
                + " the weights with the lowest"
                + " loss on " + 6 * plan.developmentPerSnr() + " development mixtures. At most " + plan.nmfSteps()
                + " steps for deep NMF and " + plan.dnnSteps() + " for the DNNs, " + plan.segments()
                + " mixtures each. Objective, mu and step sizes were chosen by short trials on the development"
                + " mixtures.\n"
                + "- Deep NMF: Kullback-Leibler; " + PaperPlan.STFT.windowSamples() + "/" + PaperPlan.STFT.hopSamples()
                + " samples at 16 kHz; tied layers of " + plan.tiedContextFrames() + " frame, trained ones of "
                + PaperPlan.CONTEXT_FRAMES + ", read-out of 1; mu = " + plan.sparsity()
                + ". The row of C slots begins with the slots trained for C - 1. The multiplicative step has exponent "
                + plan.multiplicativeStepSize() + ".\n"
                + "- DNN: logarithms of the same " + PaperPlan.CONTEXT_FRAMES
                + " frames, rectified hidden units, sigmoid mask. Where the best step is far below the steps done, the"
                + " network had begun to learn the mixtures by heart: more of them may help the large DNNs more than"
                + " deep NMF, which this table doesn't answer.\n"
                + String.format(
                        Locale.ROOT,
                        "- Seed %d. Training took %.0f minutes in all, on two cores that were shared.%n",
                        plan.seed(),
                        minutes);
    }

    private void picture(Path png) throws IOException {
        LineChart chart = new LineChart("SDR gain on the test mixtures", "input SNR, dB", "gain, dB").withMarks();
        for (RowResult row : rows.values()) {
            double[] gains = Arrays.stream(snrsDb)
                    .map(snrDb -> row.meanSdrAtDb(snrDb) - row.meanInputSdrAtDb(snrDb))
                    .toArray();
            chart.add(row.title(), snrsDb, gains);
        }
        chart.write(png);
    }

    /** Draws the development loss over the steps. */
    private void trainingPicture(Path png) throws IOException {
        LineChart chart = new LineChart("Training", "step", "development loss");
        for (RowResult row : rows.values()) {
            int evaluations = row.developmentLosses().length;
            if (evaluations > 1) {
                double[] steps = IntStream.range(0, evaluations)
                        .mapToDouble(evaluation -> Math.min(evaluation * plan.stepsPerLook(), row.steps()))
                        .toArray();
                chart.add(row.title(), steps, row.developmentLosses());
            }
        }
        chart.write(png);
    }

    private boolean isAvailable(Comparison comparison) {
        return rows.containsKey(comparison.better) && rows.containsKey(comparison.worse);
    }

    private PairedBootstrap difference(Comparison comparison) {
        return PairedBootstrap.of(
                rows.get(comparison.better).sdrOutDb(),
                rows.get(comparison.worse).sdrOutDb(),
                plan.seed());
    }

    private boolean holds(Comparison comparison) {
        return difference(comparison).meanDb() >= comparison.expectedDb;
    }

    private RowResult first() {
        return rows.values().iterator().next();
    }

    private static String thousands(long parameters) {
        return parameters == 0
                ? "–"
                : parameters >= 1_000_000
                        ? String.format(Locale.ROOT, "%.2f M", parameters / 1e6)
                        : String.format(Locale.ROOT, "%d K", Math.round(parameters / 1e3));
    }
}

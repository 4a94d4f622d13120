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
package io.clearline.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Scores of many files: by file, by input SNR in steps of 3 dB, overall (means over files), as text, Markdown or JSON.
 *
 * @param files in the order to show; at least one
 */
public record ScoreTable(List<FileScores> files) {
    private static final int STEP_DB = 3;
    private static final String[] HEADS = {
        "SDR in", "SDR out", "gain dB", "SI-SDR in", "SI-SDR out", "STOI in", "STOI out"
    };

    /** One file's name and scores. */
    public record FileScores(String name, Scores scores) {}

    public ScoreTable {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a score table needs at least one file");
        }
        files = List.copyOf(files);
    }

    /** The mean of every score; a STOI that could not be computed stays out of its mean. */
    public Scores overall() {
        return mean(files);
    }

    /** Means by input SNR, rounded to the nearest multiple of 3 dB, lowest first. */
    public Map<Integer, Scores> byInputSnrDb() {
        Map<Integer, List<FileScores>> groups = new TreeMap<>();
        for (FileScores file : files) {
            int snrDb = STEP_DB * (int) Math.round(file.scores().inputSnrDb() / STEP_DB);
            groups.computeIfAbsent(snrDb, key -> new ArrayList<>()).add(file);
        }
        Map<Integer, Scores> means = new TreeMap<>();
        groups.forEach((snrDb, group) -> means.put(snrDb, mean(group)));
        return means;
    }

    /** Aligned columns for a terminal. */
    public String toText() {
        int width = Math.max(
                12, files.stream().mapToInt(file -> file.name().length()).max().orElse(0));
        StringBuilder text = new StringBuilder();
        text.append(" ".repeat(width));
        for (String head : HEADS) {
            text.append(String.format(Locale.ROOT, "%12s", head));
        }
        text.append('\n');
        for (List<String> row : rows()) {
            text.append(String.format(Locale.ROOT, "%-" + width + "s", row.get(0)));
            row.stream().skip(1).forEach(cell -> text.append(String.format(Locale.ROOT, "%12s", cell)));
            text.append('\n');
        }
        return text.toString();
    }

    /** A Markdown table. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder("| |");
        for (String head : HEADS) {
            text.append(' ').append(head).append(" |");
        }
        text.append("\n|---|").append("---:|".repeat(HEADS.length)).append('\n');
        for (List<String> row : rows()) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        return text.toString();
    }

    /** {@code {"files": [{"name", ...}], "byInputSnr": [{"groupDb", ...}], "overall": {...}}}. */
    public String toJson() {
        ObjectNode root = Json.object();
        ArrayNode fileNodes = root.putArray("files");
        files.forEach(file -> put(fileNodes.addObject().put("name", file.name()), file.scores()));
        ArrayNode groupNodes = root.putArray("byInputSnr");
        byInputSnrDb().forEach((snrDb, mean) -> put(groupNodes.addObject().put("groupDb", snrDb), mean));
        put(root.putObject("overall").put("files", files.size()), overall());
        return Json.text(root);
    }

    private static void put(ObjectNode node, Scores scores) {
        Json.number(node, "inputSnr", scores.inputSnrDb());
        Json.number(node, "sdrIn", scores.sdrInDb());
        Json.number(node, "sdrOut", scores.sdrOutDb());
        Json.number(node, "sdrGain", scores.sdrGainDb());
        Json.number(node, "siSdrIn", scores.siSdrInDb());
        Json.number(node, "siSdrOut", scores.siSdrOutDb());
        Json.number(node, "stoiIn", scores.stoiIn());
        Json.number(node, "stoiOut", scores.stoiOut());
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        files.forEach(file -> rows.add(row(file.name(), file.scores())));
        byInputSnrDb().forEach((snrDb, mean) -> rows.add(row("at " + snrDb + " dB", mean)));
        rows.add(row("overall", overall()));
        return rows;
    }

    private static List<String> row(String name, Scores scores) {
        return List.of(
                name,
                Json.fixed(scores.sdrInDb(), 2),
                Json.fixed(scores.sdrOutDb(), 2),
                Json.fixed(scores.sdrGainDb(), 2),
                Json.fixed(scores.siSdrInDb(), 2),
                Json.fixed(scores.siSdrOutDb(), 2),
                Json.fixed(scores.stoiIn(), 3),
                Json.fixed(scores.stoiOut(), 3));
    }

    private static Scores mean(List<FileScores> files) {
        return new Scores(
                mean(files, Scores::inputSnrDb),
                mean(files, Scores::sdrInDb),
                mean(files, Scores::sdrOutDb),
                mean(files, Scores::siSdrInDb),
                mean(files, Scores::siSdrOutDb),
                mean(files, Scores::stoiIn),
                mean(files, Scores::stoiOut));
    }

    private static double mean(List<FileScores> files, ToDoubleFunction<Scores> score) {
        return files.stream()
                .mapToDouble(file -> score.applyAsDouble(file.scores()))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}

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
package io.clearline.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.evaluation.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The log of a training: its evaluations on the development set. {@code training.jsonl} has one line for each of them,
 * {@code training.png} shows the curves. Early stopping depends only on this log, so that it survives a restart.
 * Thread-confined.
 */
final class TrainingLog {
    private final Path file;
    private final Path picture;
    private final List<Evaluation> evaluations = new ArrayList<>();

    /**
     * One evaluation. The component names are the keys of {@code training.jsonl}.
     *
     * @param step number of steps done
     * @param lossDb mean training loss since the previous evaluation, in dB if the objective is in dB
     * @param developmentGainDb mean SNR gain on the development mixtures
     * @param seconds duration of the training so far, including earlier runs
     */
    record Evaluation(int step, double lossDb, double developmentGainDb, double seconds) {}

    /**
     * Opens the log of a folder.
     *
     * @param step number of steps of the checkpoint that the training resumes from; evaluations after it are dropped,
     *     because they will be repeated
     * @throws IOException if the log cannot be read
     */
    TrainingLog(Path folder, int step) throws IOException {
        file = folder.resolve("training.jsonl");
        picture = folder.resolve("training.png");
        if (Files.exists(file)) {
            ObjectMapper mapper = new ObjectMapper();
            for (String line : Files.readAllLines(file)) {
                Evaluation evaluation = mapper.readValue(line, Evaluation.class);
                if (evaluation.step <= step) {
                    evaluations.add(evaluation);
                }
            }
        }
    }

    /** Adds an evaluation, replaces {@code training.jsonl} atomically and redraws the curves. */
    void add(Evaluation evaluation) throws IOException {
        evaluations.add(evaluation);
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder text = new StringBuilder();
        for (Evaluation each : evaluations) {
            text.append(mapper.writeValueAsString(each)).append('\n');
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        draw();
    }

    private void draw() throws IOException {
        double[] steps = all(Evaluation::step);
        new LineChart("Training", "step", "loss, and gain on development mixtures in dB")
                .add("loss", steps, all(Evaluation::lossDb))
                .add("development gain, dB", steps, all(Evaluation::developmentGainDb))
                .write(picture);
    }

    private double[] all(ToDoubleFunction<Evaluation> value) {
        return evaluations.stream().mapToDouble(value).toArray();
    }

    /** Returns the evaluation with the largest gain; if several have the same gain, the first of them. */
    Optional<Evaluation> best() {
        return evaluations.stream()
                .max(Comparator.comparingDouble(Evaluation::developmentGainDb)
                        .thenComparing(Comparator.comparingInt(Evaluation::step).reversed()));
    }

    /** Returns the number of evaluations after the best one. */
    int evaluationsWithoutGain() {
        return best().map(best -> evaluations.size() - 1 - evaluations.indexOf(best))
                .orElse(0);
    }

    /** Returns the duration of the training up to the last evaluation. */
    double seconds() {
        return evaluations.isEmpty() ? 0 : evaluations.get(evaluations.size() - 1).seconds;
    }
}

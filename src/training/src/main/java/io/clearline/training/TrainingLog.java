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
 * The looks of a training at its development set: {@code training.jsonl}, a line each, and {@code training.png}, the
 * curves. Early stopping needs no other memory. Thread-confined.
 */
final class TrainingLog {
    private final Path file;
    private final Path picture;
    private final List<Look> looks = new ArrayList<>();

    /**
     * One look.
     *
     * @param step steps done
     * @param lossDb mean since the look before; decibels where the objective is in decibels
     * @param developmentGainDb mean gain in SNR on the development mixtures
     * @param seconds of training so far, those of resumed runs included
     */
    record Look(int step, double lossDb, double developmentGainDb, double seconds) {}

    /**
     * Opens the log of a folder.
     *
     * @param step where the training goes on; what an earlier run logged after it is forgotten, because it comes again
     */
    TrainingLog(Path folder, int step) throws IOException {
        file = folder.resolve("training.jsonl");
        picture = folder.resolve("training.png");
        if (Files.exists(file)) {
            ObjectMapper mapper = new ObjectMapper();
            for (String line : Files.readAllLines(file)) {
                Look look = mapper.readValue(line, Look.class);
                if (look.step <= step) {
                    looks.add(look);
                }
            }
        }
    }

    /** Adds a look and writes both files, each whole or not at all. */
    void add(Look look) throws IOException {
        looks.add(look);
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder text = new StringBuilder();
        for (Look each : looks) {
            text.append(mapper.writeValueAsString(each)).append('\n');
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        draw();
    }

    private void draw() throws IOException {
        double[] steps = all(Look::step);
        new LineChart("Training", "step", "loss, and gain on development mixtures in dB")
                .add("loss", steps, all(Look::lossDb))
                .add("development gain, dB", steps, all(Look::developmentGainDb))
                .write(picture);
    }

    private double[] all(ToDoubleFunction<Look> value) {
        return looks.stream().mapToDouble(value).toArray();
    }

    /** The look with the largest gain; of equal ones the first. */
    Optional<Look> best() {
        return looks.stream()
                .max(Comparator.comparingDouble(Look::developmentGainDb)
                        .thenComparing(Comparator.comparingInt(Look::step).reversed()));
    }

    /** Looks since the best one. */
    int looksWithoutGain() {
        return best().map(best -> looks.size() - 1 - looks.indexOf(best)).orElse(0);
    }

    /** Seconds that earlier runs took. */
    double seconds() {
        return looks.isEmpty() ? 0 : looks.get(looks.size() - 1).seconds;
    }
}

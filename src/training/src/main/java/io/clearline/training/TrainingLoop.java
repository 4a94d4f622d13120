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

import io.clearline.inference.network.NetworkParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The training loop. It runs a trainer from the first step or from a checkpoint to the end, evaluates it on the
 * development set, keeps the best network, stops early, and writes checkpoints. A run that is killed at any time and
 * started again produces the same bytes as an uninterrupted one. Thread-confined.
 */
final class TrainingLoop {
    private static final String CHECKPOINT = "checkpoint.bin";
    static final String BEST = "best.bin";

    private final Path folder;
    private final int stepsPerEvaluation;
    private final int patience;
    private final ToDoubleFunction<NetworkParameters> developmentGainDb;

    /** Creates trainers. */
    interface Start {
        /**
         * Creates a trainer before its first step, or restores one from a checkpoint.
         *
         * @param checkpoint null to start from scratch
         */
        Trainer from(Path checkpoint) throws IOException;
    }

    /**
     * Creates a loop.
     *
     * @param folder of checkpoints and log
     * @param stepsPerEvaluation steps between two evaluations, each of which writes a checkpoint
     * @param patience number of consecutive evaluations without a larger gain after which the training stops
     * @param developmentGainDb evaluates a network: its mean SNR gain on the development set
     */
    TrainingLoop(
            Path folder, int stepsPerEvaluation, int patience, ToDoubleFunction<NetworkParameters> developmentGainDb) {
        this.folder = folder;
        this.stepsPerEvaluation = stepsPerEvaluation;
        this.patience = patience;
        this.developmentGainDb = developmentGainDb;
    }

    /**
     * Runs the training.
     *
     * @param name of the training, for progress and messages
     * @param start creates the trainer
     * @param steps total number of steps, for the progress
     * @return the network of the best evaluation
     * @throws IOException if a file cannot be read or written, a loss or gain is not finite, or memory runs out;
     *     earlier checkpoints remain valid
     */
    NetworkParameters run(String name, Start start, int steps, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path checkpoint = folder.resolve(CHECKPOINT);
        try (Trainer trainer = start.from(Files.exists(checkpoint) ? checkpoint : null)) {
            TrainingLog log = new TrainingLog(folder, trainer.step());
            train(name, trainer, log, steps, progress);
            int best = log.best().map(TrainingLog.Evaluation::step).orElse(trainer.step());
            if (best == trainer.step() || !Files.exists(folder.resolve(BEST))) {
                return trainer.network();
            }
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "Out of memory while training " + name + ": the JVM may use "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB. Increase the limit (CLEARLINE_JAVA_OPTS=-Xmx8g), or train on fewer mixtures or"
                            + " atoms. The same command resumes from the last checkpoint.",
                    e);
        } catch (ArithmeticException e) {
            throw new IOException("Training " + name + " failed: " + e.getMessage(), e);
        }
        try (Trainer trainer = start.from(folder.resolve(BEST))) {
            return trainer.network();
        }
    }

    private void train(String name, Trainer trainer, TrainingLog log, int steps, Progress progress) throws IOException {
        progress.begin("Training " + name, steps - trainer.step());
        double loss = 0;
        int counted = 0;
        String gainText = "";
        double secondsBefore = log.seconds();
        long startNanos = System.nanoTime();
        while (!trainer.isDone() && log.evaluationsWithoutGain() < patience) {
            double stepLoss = trainer.train();
            loss += stepLoss;
            counted++;
            if (trainer.step() % stepsPerEvaluation == 0 || trainer.isDone()) {
                double gainDb = developmentGainDb.applyAsDouble(trainer.network());
                gainText = String.format(Locale.ROOT, ", development gain %.2f dB", gainDb);
                save(
                        trainer,
                        log,
                        new TrainingLog.Evaluation(
                                trainer.step(),
                                loss / counted,
                                gainDb,
                                secondsBefore + (System.nanoTime() - startNanos) / 1e9));
                loss = 0;
                counted = 0;
            }
            progress.step(String.format(Locale.ROOT, "loss %.2f%s", stepLoss, gainText));
        }
        progress.end();
    }

    /** Writes the checkpoint last: if the run is killed before, it repeats these steps and this evaluation. */
    private void save(Trainer trainer, TrainingLog log, TrainingLog.Evaluation evaluation) throws IOException {
        if (!Double.isFinite(evaluation.developmentGainDb())) {
            throw new ArithmeticException("The gain on the development mixtures is " + evaluation.developmentGainDb()
                    + " dB after step " + evaluation.step()
                    + ". Resume from the last checkpoint with a smaller step size.");
        }
        log.add(evaluation);
        if (log.evaluationsWithoutGain() == 0) {
            trainer.checkpoint(folder.resolve(BEST));
        }
        trainer.checkpoint(folder.resolve(CHECKPOINT));
    }
}

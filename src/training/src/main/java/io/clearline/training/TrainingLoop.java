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
 * Takes a trainer from its first step, or from a checkpoint, to the end: looks at the development set, keeps the best
 * network, stops early, and writes checkpoints. A loop that was killed at any moment and begun again gives the bytes of
 * an unbroken one. One thread.
 */
final class TrainingLoop {
    private static final String CHECKPOINT = "checkpoint.bin";
    static final String BEST = "best.bin";

    private final Path folder;
    private final int stepsPerLook;
    private final int patience;
    private final ToDoubleFunction<NetworkParameters> developmentGainDb;

    /** Makes a trainer. */
    interface Start {
        /**
         * A trainer before its first step, or where a checkpoint was written.
         *
         * @param checkpoint null to start anew
         */
        Trainer from(Path checkpoint) throws IOException;
    }

    /**
     * Prepares.
     *
     * @param folder for checkpoints and log
     * @param stepsPerLook steps between two looks at the development set, each with a checkpoint
     * @param patience looks without a larger gain after which the training ends
     */
    TrainingLoop(Path folder, int stepsPerLook, int patience, ToDoubleFunction<NetworkParameters> developmentGainDb) {
        this.folder = folder;
        this.stepsPerLook = stepsPerLook;
        this.patience = patience;
        this.developmentGainDb = developmentGainDb;
    }

    /**
     * Trains.
     *
     * @return the network of the best look
     * @throws IOException when files fail, the loss is no number, or memory runs out; checkpoints of before stay good
     */
    NetworkParameters run(String name, Start start, int steps, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path checkpoint = folder.resolve(CHECKPOINT);
        try (Trainer trainer = start.from(Files.exists(checkpoint) ? checkpoint : null)) {
            TrainingLog log = new TrainingLog(folder, trainer.step());
            train(name, trainer, log, steps, progress);
            int best = log.best().map(TrainingLog.Look::step).orElse(trainer.step());
            if (best == trainer.step() || !Files.exists(folder.resolve(BEST))) {
                return trainer.network();
            }
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "Out of memory while training " + name + ": the JVM may use "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB. Give it more (CLEARLINE_JAVA_OPTS=-Xmx8g), or train on fewer mixtures or atoms."
                            + " The same command goes on from the last checkpoint.",
                    e);
        } catch (ArithmeticException e) {
            throw new IOException("Training " + name + " broke off: " + e.getMessage(), e);
        }
        try (Trainer trainer = start.from(folder.resolve(BEST))) {
            return trainer.network();
        }
    }

    private void train(String name, Trainer trainer, TrainingLog log, int steps, Progress progress) throws IOException {
        progress.begin("Training " + name, steps - trainer.step());
        double loss = 0;
        int counted = 0;
        String lookText = "";
        double secondsBefore = log.seconds();
        long startNanos = System.nanoTime();
        while (!trainer.isDone() && log.looksWithoutGain() < patience) {
            double stepLoss = trainer.train();
            loss += stepLoss;
            counted++;
            if (trainer.step() % stepsPerLook == 0 || trainer.isDone()) {
                double gainDb = developmentGainDb.applyAsDouble(trainer.network());
                lookText = String.format(Locale.ROOT, ", development gain %.2f dB", gainDb);
                look(
                        trainer,
                        log,
                        new TrainingLog.Look(
                                trainer.step(),
                                loss / counted,
                                gainDb,
                                secondsBefore + (System.nanoTime() - startNanos) / 1e9));
                loss = 0;
                counted = 0;
            }
            progress.step(String.format(Locale.ROOT, "loss %.2f%s", stepLoss, lookText));
        }
        progress.end();
    }

    /** The checkpoint comes last: until it is there, all this is done again. */
    private void look(Trainer trainer, TrainingLog log, TrainingLog.Look look) throws IOException {
        if (!Double.isFinite(look.developmentGainDb())) {
            throw new ArithmeticException("The gain on the development mixtures is " + look.developmentGainDb()
                    + " dB after step " + look.step() + ". Resume from the last checkpoint with a smaller step size.");
        }
        log.add(look);
        if (log.looksWithoutGain() == 0) {
            trainer.checkpoint(folder.resolve(BEST));
        }
        trainer.checkpoint(folder.resolve(CHECKPOINT));
    }
}

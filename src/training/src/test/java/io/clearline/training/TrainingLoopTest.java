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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.inference.network.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
    private static final int STEPS = 10;

    @TempDir
    private Path folder;

    @Test
    void theNetworkOfTheBestEvaluationIsTheResult() throws Exception {
        NetworkParameters best = loop(99, 1, 3, 5, 4, 2).run("test", from -> new Counting(from), STEPS, Progress.NONE);

        assertThat(stepOf(best)).isEqualTo(6);
        assertThat(Files.readAllLines(folder.resolve("training.jsonl"))).hasSize(5);
    }

    @Test
    void trainingStopsWhenTheGainNoLongerImproves() throws Exception {
        NetworkParameters best = loop(2, 1, 3, 2, 2, 9).run("test", from -> new Counting(from), STEPS, Progress.NONE);

        assertThat(stepOf(best)).isEqualTo(4);
        assertThat(Files.readAllLines(folder.resolve("training.jsonl"))).hasSize(4);
    }

    @Test
    void aFinishedTrainingIsNotTrainedAgain() throws Exception {
        loop(2, 1, 3, 2, 2, 9).run("test", from -> new Counting(from), STEPS, Progress.NONE);

        NetworkParameters again = loop(2).run("test", from -> new Counting(from), STEPS, Progress.NONE);

        assertThat(stepOf(again)).isEqualTo(4);
    }

    @Test
    void aLossThatIsNotANumberLeavesTheLastCheckpoint() throws Exception {
        Counting broken = new Counting(null) {
            @Override
            public double train() {
                if (step() == 5) {
                    throw new ArithmeticException("The loss is NaN in step 5.");
                }
                return super.train();
            }
        };

        assertThatThrownBy(() -> loop(99, 1, 2).run("live-16k", from -> broken, STEPS, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("Training live-16k failed: The loss is NaN in step 5.");
        assertThat(new Counting(folder.resolve("checkpoint.bin")).step()).isEqualTo(4);
        assertThat(files()).containsExactly("best.bin", "checkpoint.bin", "training.jsonl", "training.png");
    }

    @Test
    void aGainThatIsNotANumberIsAnError() {
        assertThatThrownBy(() -> loop(99, Double.NaN).run("t", from -> new Counting(from), STEPS, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gain on the development mixtures is NaN dB after step 2");
    }

    @Test
    void outOfMemoryStatesTheRemedy() throws Exception {
        Counting greedy = new Counting(null) {
            @Override
            public double train() {
                throw new OutOfMemoryError("Java heap space");
            }
        };

        assertThatThrownBy(() -> loop(99).run("paper-16k", from -> greedy, STEPS, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Out of memory while training paper-16k")
                .hasMessageContaining("-Xmx8g");
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns a loop that evaluates every two steps, with the given gains. */
    private TrainingLoop loop(int patience, double... gainsDb) {
        return new TrainingLoop(folder, 2, patience, network -> gainsDb[(int) stepOf(network) / 2 - 1]);
    }

    private static double stepOf(NetworkParameters network) {
        return ((DeepNmfParameters) network).initialActivations()[0];
    }

    /** A trainer whose network contains the number of steps. */
    private static class Counting implements Trainer {
        private int step;

        Counting(Path checkpoint) throws IOException {
            if (checkpoint != null) {
                Checkpoints.read(checkpoint, "counting", in -> step = in.readInt());
            }
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public boolean isDone() {
            return step == STEPS;
        }

        @Override
        public double train() {
            return -step++;
        }

        @Override
        public NetworkParameters network() {
            Dictionary dictionary = new Dictionary(1, 2, new float[] {1, 1});
            return new DeepNmfParameters(
                    List.of(new Source("speech", 1), new Source("noise", 1)),
                    1,
                    0,
                    List.of(dictionary, dictionary),
                    new float[] {step, 1});
        }

        @Override
        public void checkpoint(Path file) throws IOException {
            Checkpoints.write(file, "counting", out -> out.writeInt(step));
        }

        @Override
        public void close() {
            // There is nothing to release.
        }
    }
}

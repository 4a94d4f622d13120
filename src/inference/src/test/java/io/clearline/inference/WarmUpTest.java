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
package io.clearline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.kernel.ForwardPass;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.network.NetworkParameters;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final EnhancementModel model = TestModels.bandModel(new StftSpec(64, 32));

    @Test
    void besideStreamsItRestsAfterEachRun() {
        SlowKernel kernel = new SlowKernel(20, 1);
        long start = System.nanoTime();
        assertThat(kernel.warmsUp(model, 3)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(kernel.runs * 3 * 1_000_000L);
    }

    @Test
    void warmingUpTakesLongerIfOtherProgramsUseTheProcessor() {
        SlowKernel kernel = new SlowKernel(50, 2_000);
        assertThat(kernel.warmsUp(model)).isTrue();
        assertThat(kernel.runs).isEqualTo(20);
    }

    @Test
    void warmingUpContinuesUntilTheThreadHasWorkedLongEnough() {
        SlowKernel kernel = new SlowKernel(1, 1);
        assertThat(kernel.warmsUp(model)).isTrue();
        assertThat(kernel.runs).isEqualTo(400);
    }

    @Test
    void warmingUpEndsAfterAMinuteWithoutProcessorTime() {
        SlowKernel kernel = new SlowKernel(0, 4_000);
        assertThat(kernel.warmsUp(model)).isFalse();
        assertThat(kernel.runs).isEqualTo(15);
    }

    @Test
    void warmingUpEndsInTimeIfRunsStaySlow() {
        SlowKernel kernel = new SlowKernel(2_500, 2_500);
        assertThat(kernel.warmsUp(model)).isFalse();
        assertThat(kernel.runs).isEqualTo(4);
    }

    @Test
    void anInterruptEndsAWarmUp() {
        SlowKernel kernel = new SlowKernel(1, 1);
        Thread.currentThread().interrupt();
        try {
            assertThat(kernel.warmsUp(model)).isFalse();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(kernel.runs).isZero();
    }

    /** A kernel whose runs advance a clock of processor time and a clock of elapsed time by fixed amounts. */
    private static final class SlowKernel implements Kernel {

        private final Kernel kernel = new ScalarKernel();
        private final long workMillis;
        private final long elapsedMillis;
        private int runs;

        private SlowKernel(long workMillis, long elapsedMillis) {
            this.workMillis = workMillis;
            this.elapsedMillis = elapsedMillis;
        }

        boolean warmsUp(EnhancementModel model) {
            return warmsUp(model, 0);
        }

        boolean warmsUp(EnhancementModel model, int rests) {
            return new HopBatch(model, this, 4)
                    .warmUp(
                            HopBatch.MAX_WARM_UP_NANOS,
                            rests,
                            () -> runs * workMillis * 1_000_000,
                            () -> runs * elapsedMillis * 1_000_000);
        }

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public ForwardPass prepare(NetworkParameters network, int width) {
            ForwardPass pass = kernel.prepare(network, width);
            return new ForwardPass() {
                @Override
                public int width() {
                    return pass.width();
                }

                @Override
                public void run(float[] input, float[][] memories, float[] masks, int fill) {
                    pass.run(input, memories, masks, fill);
                    runs++;
                }
            };
        }

        @Override
        public MatrixProducts products() {
            return kernel.products();
        }
    }
}

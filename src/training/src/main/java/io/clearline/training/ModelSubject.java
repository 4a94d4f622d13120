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

import io.clearline.evaluation.judge.Subject;
import io.clearline.evaluation.judge.Trial;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import java.io.IOException;

/** A model as the subject of an evaluation, run by the same inference code as in production. Thread-safe. */
public final class ModelSubject implements Subject {
    private final EnhancementModel model;
    private final SdrMeter meter;
    private final Parts<ModelProbe> probes;

    public ModelSubject(EnhancementModel model) {
        this.model = model;
        meter = new SdrMeter(model.calibration());
        probes = new Parts<>(() -> new ModelProbe(model, Kernels.best()));
    }

    @Override
    public String name() {
        return model.id().toString();
    }

    @Override
    public Output enhance(Trial trial) throws IOException {
        if (trial.sampleRateHz() != model.sampleRateHz()) {
            throw new IOException("Expected trials at " + model.sampleRateHz() + " Hz, the rate of " + model.id()
                    + ", found " + trial.sampleRateHz() + " Hz. Leave out --rate, or give the model's.");
        }
        ModelProbe probe = probes.take();
        float[] enhanced = probe.enhance(trial.input());
        SdrMeter.Estimate estimate = meter.estimate(probe.energies());
        probes.giveBack(probe);
        return new Output(
                enhanced,
                new SdrEstimate(estimate.outputSdrDb(), estimate.outputSdrLowDb(), estimate.outputSdrHighDb()));
    }
}

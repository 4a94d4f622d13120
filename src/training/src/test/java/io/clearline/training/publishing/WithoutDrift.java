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
package io.clearline.training.publishing;

import io.clearline.evaluation.judge.Trial;
import io.clearline.evaluation.judge.TrialKind;
import io.clearline.evaluation.judge.TrialLabel;
import io.clearline.evaluation.judge.TrialSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A set of trials without the drift trials, whose ten minutes of audio take too long in tests. */
record WithoutDrift(TrialSet all) implements TrialSet {
    @Override
    public List<TrialLabel> labels() {
        return all.labels().stream()
                .filter(label -> label.kind() != TrialKind.DRIFT)
                .toList();
    }

    @Override
    public Trial trial(int index) throws IOException {
        return all.trial(all.labels().indexOf(labels().get(index)));
    }

    @Override
    public int sampleRateHz() {
        return all.sampleRateHz();
    }

    @Override
    public Map<String, Object> description() {
        return all.description();
    }
}

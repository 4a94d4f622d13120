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
import io.clearline.evaluation.judge.TrialLabel;
import io.clearline.evaluation.judge.TrialSet;
import java.util.List;
import java.util.Map;

/** A set of trials that fails on every access. */
final class UntouchableTrials implements TrialSet {
    @Override
    public List<TrialLabel> labels() {
        throw new AssertionError("The test set must not be used.");
    }

    @Override
    public Trial trial(int index) {
        throw new AssertionError("The test set must not be used.");
    }

    @Override
    public int sampleRateHz() {
        throw new AssertionError("The test set must not be used.");
    }

    @Override
    public Map<String, Object> description() {
        throw new AssertionError("The test set must not be used.");
    }
}

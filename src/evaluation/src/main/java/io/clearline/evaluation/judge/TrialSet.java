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
package io.clearline.evaluation.judge;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A set of trials, which are created on demand. The same index always yields the same samples. Implementations are
 * thread-safe.
 */
public interface TrialSet {
    /** Returns the labels of all trials, in order. */
    List<TrialLabel> labels();

    /**
     * Returns the trial with the given index in {@link #labels()}.
     *
     * @throws IOException when its audio cannot be read
     */
    Trial trial(int index) throws IOException;

    /** Returns the sample rate of all trials. */
    int sampleRateHz();

    /** Returns a description of the origin of the trials, for reports. */
    Map<String, Object> description();
}

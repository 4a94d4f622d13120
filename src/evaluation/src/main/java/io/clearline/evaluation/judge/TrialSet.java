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

/** Trials that are made when asked for; the same index always gives the same samples. Thread-safe. */
public interface TrialSet {
    /** What is known of every trial, in order. */
    List<TrialLabel> labels();

    /**
     * The trial of that place in {@link #labels()}.
     *
     * @throws IOException when its audio cannot be read
     */
    Trial trial(int index) throws IOException;

    /** Of every trial. */
    int sampleRateHz();

    /** Where the trials come from, for reports. */
    Map<String, Object> description();
}

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
package io.clearline.lab.pipeline;

import org.HdrHistogram.Histogram;

/** Percentiles of latencies, in milliseconds. Immutable. */
public record Percentiles(double p50, double p90, double p99, double p999, double max) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Returns the percentiles of a histogram in microseconds. */
    static Percentiles of(Histogram micros) {
        return new Percentiles(
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(90)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getValueAtPercentile(99.9)),
                millis(micros.getMaxValue()));
    }

    private static double millis(long micros) {
        return micros / MICROS_PER_MILLI;
    }
}

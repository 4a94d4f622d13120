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
package io.clearline.gateway.broadcast;

/** Measures the delay from capture to output between two queries. Thread-safe. */
final class DelayMeter {
    private long count;
    private long sumMicros;
    private long maxMicros;

    /** The measured delays; both 0 if nothing was recorded. */
    record Delay(double meanMillis, double maxMillis) {}

    /** Records the delay of one frame. */
    synchronized void record(long micros) {
        maxMicros = count == 0 ? micros : Math.max(maxMicros, micros);
        sumMicros += micros;
        count++;
    }

    /** Returns the delays since the previous call, and resets the measurement. */
    synchronized Delay take() {
        Delay delay = count == 0 ? new Delay(0, 0) : new Delay(sumMicros / count / 1000.0, maxMicros / 1000.0);
        count = 0;
        sumMicros = 0;
        return delay;
    }
}

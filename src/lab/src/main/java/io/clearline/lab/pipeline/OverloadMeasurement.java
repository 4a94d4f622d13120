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

import java.io.IOException;

/**
 * What the job does with more than it can carry.
 *
 * @param streams that it carries
 * @param overload with more of them: latencies are of the streams that were carried, the bypassed frames beside them
 * @param bypassedShare of all frames
 * @param recoverySeconds from the end of the overload until every frame was enhanced and in time
 * @param stallSeconds for which the job's process stood still, at {@code streams}
 * @param stallRecoverySeconds from its end until every frame was enhanced and in time
 */
public record OverloadMeasurement(
        int streams,
        PipelineMeasurement overload,
        double bypassedShare,
        double recoverySeconds,
        double stallSeconds,
        double stallRecoverySeconds) {

    /** Overloads a running job, lets it recover, stops it for a while, and lets it recover again. */
    public static OverloadMeasurement of(LiveRun run, int streams, double factor, double seconds, double stallSeconds)
            throws IOException {
        run.widen((int) Math.round(factor * streams));
        PipelineMeasurement overload = run.measure(seconds);
        run.widen(streams);
        double recovery = run.secondsToRecover();
        run.settle(1);
        run.stall(stallSeconds);
        double stallRecovery = run.secondsToRecover();
        double share = (double) overload.bypassed() / Math.max(1, overload.frames());
        return new OverloadMeasurement(streams, overload, Rounding.of(share), recovery, stallSeconds, stallRecovery);
    }
}

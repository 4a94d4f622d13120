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
 * Behaviour of the job under overload and after a stall. The component names are the keys of the result file.
 * Immutable.
 *
 * @param streams number of streams that the job carries
 * @param overload measurement with more streams; its latencies are those of enhanced frames, apart from the bypassed
 * @param bypassedShare share of bypassed frames, 0 to 1
 * @param recoverySeconds time from the end of the overload until every frame was enhanced and in time
 * @param stallSeconds time for which the job's process was frozen, with {@code streams} streams
 * @param stallRecoverySeconds time from the end of the stall until every frame was enhanced and in time
 */
public record OverloadMeasurement(
        int streams,
        PipelineMeasurement overload,
        double bypassedShare,
        double recoverySeconds,
        double stallSeconds,
        double stallRecoverySeconds) {

    /**
     * Overloads a running job, waits until it has recovered, freezes it for a while, and waits again.
     *
     * @param streams number of streams that the job carries
     * @param factor overload, as a multiple of {@code streams}
     * @param seconds duration of the overload
     * @param stallSeconds duration of the freeze
     */
    public static OverloadMeasurement of(LiveRun run, int streams, double factor, double seconds, double stallSeconds)
            throws IOException {
        run.setStreams((int) Math.round(factor * streams));
        PipelineMeasurement overload = run.measure(seconds);
        run.setStreams(streams);
        double recovery = run.secondsToRecover();
        run.settle(1);
        run.stall(stallSeconds);
        double stallRecovery = run.secondsToRecover();
        double share = (double) overload.bypassed() / Math.max(1, overload.frames());
        return new OverloadMeasurement(streams, overload, Rounding.of(share), recovery, stallSeconds, stallRecovery);
    }
}

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
package io.clearline.lab.scaling;

/**
 * Processor time of a TaskManager's core for each operation, in nanoseconds. Immutable.
 *
 * @param fetch one fetch request to Kafka
 * @param inputRecord one frame read from Kafka: client and decoding
 * @param localBuffer one buffer of frames to a subtask of the same TaskManager, both sides together
 * @param remoteBuffer one buffer of frames to another TaskManager, on each side
 * @param hop STFT, features, mask, state, and the part of the kernel that grows with the number of hops
 * @param batch one kernel call without its hops
 * @param request one produce request to Kafka
 * @param outputRecord one frame written to Kafka: encoding and client
 */
public record ExchangeCosts(
        long fetch,
        long inputRecord,
        long localBuffer,
        long remoteBuffer,
        long hop,
        long batch,
        long request,
        long outputRecord) {

    /**
     * Costs of {@code live-16k@11} on two cores of an AMD EPYC with 112 GFLOP/s each.
     *
     * <ul>
     *   <li>Request: at 150 streams, 870 fewer requests a second ({@code linger.ms} 0 compared with 1) saved 61 ms of
     *       processor time a second in the job's Kafka clients. The rest of the clients' time is divided evenly among
     *       records in and out.
     *   <li>Hop: at 225 streams, the kernel took 1.73 ms, the STFT 1.16 ms, the job's code 0.45 ms and the JVM 0.12 ms
     *       for 50 hops. The cost of a batch follows from the kernel's time at small batches.
     *   <li>Local buffer: Flink took 0.14 ms for 50 frames, eight of which share a buffer.
     *   <li>Remote buffer: assumed, not measured.
     * </ul>
     */
    static final ExchangeCosts MEASURED =
            new ExchangeCosts(70_000, 8_000, 11_000, 25_000, 62_000, 40_000, 70_000, 8_000);

    /** Returns these costs with another one for a remote buffer. */
    ExchangeCosts withRemoteBuffer(long nanos) {
        return new ExchangeCosts(fetch, inputRecord, localBuffer, nanos, hop, batch, request, outputRecord);
    }
}

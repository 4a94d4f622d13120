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
 * What a core of a TaskManager spends, in nanoseconds.
 *
 * @param fetch asking Kafka for frames
 * @param inputRecord a frame out of Kafka: client, decoding
 * @param localBuffer a buffer of frames to a subtask of the same TaskManager, on both sides together
 * @param remoteBuffer a buffer of frames to another TaskManager, on each side
 * @param hop STFT, features, mask, state, and the share of the kernel that grows with the hops
 * @param batch a kernel call beside its hops
 * @param request a request to Kafka with enhanced frames
 * @param outputRecord a frame to Kafka: encoding, client
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
     * Of {@code live-16k@11} on two cores of an AMD EPYC, 112 GFLOP/s a core. A request: 870 fewer a second (150
     * streams, {@code linger.ms} 0 and 1) took 61 ms a second less in the job's Kafka clients. What is left of them
     * falls on records in and out alike. Kernel 1.73, STFT 1.16, the job's code .45 and the JVM .12 ms for 50 hops (225
     * streams); a batch beside its hops from the kernel's time at small batches. A buffer within a TaskManager is
     * Flink's share, .14 ms for 50 frames of which eight share one. A remote one is not measured but assumed.
     */
    static final ExchangeCosts MEASURED =
            new ExchangeCosts(70_000, 8_000, 11_000, 25_000, 62_000, 40_000, 70_000, 8_000);

    /** The same with another cost of a remote buffer. */
    ExchangeCosts withRemoteBuffer(long nanos) {
        return new ExchangeCosts(fetch, inputRecord, localBuffer, nanos, hop, batch, request, outputRecord);
    }
}

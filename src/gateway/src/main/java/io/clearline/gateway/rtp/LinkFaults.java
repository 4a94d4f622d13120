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
package io.clearline.gateway.rtp;

/**
 * The faults of a simulated network link, drawn from a seed.
 *
 * @param lossShare share of the packets that never arrive, 0 to 1
 * @param jitterMillis each packet is delayed by 0 up to this time, uniformly distributed; beyond the packet interval,
 *     packets overtake each other
 * @param duplicateShare share of the packets that arrive twice, 0 to 1
 * @param seed equal seeds give equal faults
 */
public record LinkFaults(double lossShare, int jitterMillis, double duplicateShare, long seed) {
    public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 0);
}

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
 * What a network does to packets, drawn from a seed.
 *
 * @param lossShare share of the packets that never arrive, 0 to 1
 * @param jitterMillis each packet is late by 0 to so much, evenly; above the length of a packet they overtake each
 *     other
 * @param duplicateShare share of the packets that arrive twice
 */
public record LinkFaults(double lossShare, int jitterMillis, double duplicateShare, long seed) {
    public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 0);
}

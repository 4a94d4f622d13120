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
package io.clearline.gateway.media;

/**
 * A packet that is not audio and is forwarded unchanged, with the delay of the audio around it: a telephone event (RFC
 * 4733) or comfort noise (RFC 3389).
 *
 * @param payloadType of RTP
 * @param marker the marker bit of RTP
 * @param ticks of the source's clock
 * @param payload without the RTP header
 */
public record PassedPacket(int payloadType, boolean marker, long ticks, byte[] payload) {}

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

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Datagrams on an RTP port: any bytes are a packet, whose bytes are a packet of the same content, or a refusal. */
class RtpPacketFuzzTest {
    @FuzzTest
    void anyDatagramIsAPacketOrARefusal(byte[] bytes) throws BadPacketException {
        RtpPacket packet;
        try {
            packet = RtpPacket.parse(bytes, 0);
        } catch (BadPacketException e) {
            return;
        }
        byte[] written = RtpPacket.write(
                packet.payloadType(),
                packet.marker(),
                packet.sequence(),
                packet.timestamp(),
                packet.ssrc(),
                packet.payload(),
                packet.payload().length);
        RtpPacket again = RtpPacket.parse(written, 0);
        if (again.timestamp() != packet.timestamp() || again.payload().length != packet.payload().length) {
            throw new AssertionError("written and read again, the packet differs");
        }
    }
}

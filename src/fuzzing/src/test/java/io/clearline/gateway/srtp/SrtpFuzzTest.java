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
package io.clearline.gateway.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Datagrams of a call by SRTP: any bytes are refused, and what the key made and somebody changed is too. */
class SrtpFuzzTest {
    private static final SrtpKey KEY = SrtpKey.parse("WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz");

    @FuzzTest
    void noBytesAreAPacketWithoutTheKey(byte[] bytes) {
        SrtpSession receiver = new SrtpSession(SrtpKeys.of(1, KEY));
        requireRefusal(() -> receiver.unprotectRtp(bytes));
        requireRefusal(() -> receiver.unprotectRtcp(bytes));
        if (bytes.length >= 12) {
            SrtpSession sender = new SrtpSession(new SrtpKeys(1, SrtpKey.random(), KEY));
            byte[] changed = protectedRtp(sender, bytes);
            changed[Math.floorMod(Arrays.hashCode(bytes), changed.length)] ^= 1;
            requireRefusal(() -> receiver.unprotectRtp(changed));
        }
    }

    private static byte[] protectedRtp(SrtpSession sender, byte[] bytes) {
        byte[] packet = bytes.clone();
        // Without CSRC and extension, which the sender would have to be right about.
        packet[0] = (byte) 0x80;
        return sender.protectRtp(packet);
    }

    /** Opens a datagram. */
    private interface Opening {
        byte[] open() throws SrtpException;
    }

    private static void requireRefusal(Opening opening) {
        try {
            opening.open();
        } catch (SrtpException e) {
            return;
        }
        throw new AssertionError("taken without the key");
    }
}

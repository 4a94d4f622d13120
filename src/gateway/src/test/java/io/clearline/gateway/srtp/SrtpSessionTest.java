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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SrtpSessionTest {
    /** Master key and salt of RFC 3711, B.3; below are the session keys that are derived from them. */
    private static final String MASTER = "e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6";

    private static final byte[] SESSION_KEY = hex("c61e7a93744f39ee10734afe3ff7a087");
    private static final byte[] SESSION_SALT = hex("30cbbc08863d8c85d49db34a9ae1");
    private static final byte[] SESSION_AUTHENTICATION = hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4");

    private static final byte[] PACKET = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
    private static final SrtpKey KEY = SrtpKey.parse(Base64.getEncoder().encodeToString(hex(MASTER)));

    private final SrtpSession sender = new SrtpSession(new SrtpKeys(1, SrtpKey.random(), KEY));
    private final SrtpSession receiver = new SrtpSession(SrtpKeys.of(1, KEY));

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] rtp(int sequence, int ssrc) {
        byte[] packet = PACKET.clone();
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        packet[11] = (byte) ssrc;
        return packet;
    }

    private void assertRefused(SrtpException.Reason reason, byte[] datagram) {
        assertThatExceptionOfType(SrtpException.class)
                .isThrownBy(() -> receiver.unprotectRtp(datagram))
                .matches(refused -> refused.reason() == reason);
    }

    @Test
    void aPacketIsProtectedByTheSessionKeysOfTheRfc() throws Exception {
        // RFC 3711, 4.1.1: salt * 2^16 XOR ssrc * 2^64 XOR index * 2^16.
        byte[] counter = Arrays.copyOf(SESSION_SALT, 16);
        byte[] ssrcAndIndex = hex("00000000cafebabe0000000012340000");
        for (int i = 0; i < counter.length; i++) {
            counter[i] ^= ssrcAndIndex[i];
        }
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SESSION_KEY, "AES"), new IvParameterSpec(counter));
        byte[] expected = PACKET.clone();
        cipher.doFinal(PACKET, 12, 16, expected, 12);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SESSION_AUTHENTICATION, "HmacSHA1"));
        mac.update(expected);
        byte[] tag = Arrays.copyOf(mac.doFinal(new byte[4]), 10);

        byte[] sent = sender.protectRtp(PACKET);
        assertThat(Arrays.copyOf(sent, PACKET.length)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(sent, PACKET.length, sent.length)).isEqualTo(tag);
        // The output of libsrtp for the same packet.
        assertThat(HexFormat.of().formatHex(sent)).endsWith("4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        assertThat(receiver.unprotectRtp(sent)).isEqualTo(PACKET);
    }

    @Test
    void aReportOfLibsrtpIsUnprotected() throws Exception {
        byte[] report = hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        assertThat(receiver.unprotectRtcp(report)).isEqualTo(hex("81c8000bcafebabe" + "ab".repeat(16)));
    }

    @Test
    void reportsArriveAsTheyWereSent() throws Exception {
        byte[] report = hex("81c8000bcafebabe" + "17".repeat(44));
        for (int i = 0; i < 3; i++) {
            assertThat(receiver.unprotectRtcp(sender.protectRtcp(report))).isEqualTo(report);
        }
    }

    @Test
    void packetsArriveAsTheyWereSentDespiteLossReorderingAndAWrapOfTheSequence() throws Exception {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            packets.add(rtp(65_516 + i & 0xffff, 1));
        }
        List<byte[]> sent =
                new ArrayList<>(packets.stream().map(sender::protectRtp).toList());
        // The first packet after the wrap overtakes the last one before it; two others are lost.
        Collections.swap(sent, 19, 20);
        Collections.swap(packets, 19, 20);
        for (int i = 0; i < 40; i++) {
            if (i != 10 && i != 30) {
                assertThat(receiver.unprotectRtp(sent.get(i))).isEqualTo(packets.get(i));
            }
        }
    }

    @Test
    void aModifiedPacketOrOneOfAnotherKeyIsRefused() {
        byte[] sent = sender.protectRtp(PACKET);
        for (int at : new int[] {1, 8, 12, sent.length - 1}) {
            byte[] changed = sent.clone();
            changed[at] ^= 1;
            assertRefused(SrtpException.Reason.UNAUTHENTICATED, changed);
        }
        SrtpSession other = new SrtpSession(SrtpKeys.of(1, KEY));
        assertRefused(SrtpException.Reason.UNAUTHENTICATED, other.protectRtp(PACKET));
        assertRefused(SrtpException.Reason.UNAUTHENTICATED, PACKET);
    }

    @Test
    void aReplayedPacketIsRefused() throws Exception {
        byte[] sent = sender.protectRtp(PACKET);
        receiver.unprotectRtp(sent);
        assertRefused(SrtpException.Reason.REPLAYED, sent);
    }

    @Test
    void aDatagramThatIsTooShortIsRefused() {
        assertRefused(SrtpException.Reason.MALFORMED, new byte[21]);
        assertThatExceptionOfType(SrtpException.class).isThrownBy(() -> receiver.unprotectRtcp(new byte[21]));
    }

    @Test
    void forgedSourcesDoNotBlockTheRealOne() throws Exception {
        for (int ssrc = 0; ssrc < 200; ssrc++) {
            assertRefused(SrtpException.Reason.UNAUTHENTICATED, rtp(1, ssrc));
        }
        assertThat(receiver.unprotectRtp(sender.protectRtp(PACKET))).isEqualTo(PACKET);
    }

    @Test
    void theNumberOfSourcesIsLimited() throws Exception {
        for (int ssrc = 0; ssrc < 64; ssrc++) {
            receiver.unprotectRtp(sender.protectRtp(rtp(1, ssrc)));
        }
        SrtpSession again = new SrtpSession(new SrtpKeys(1, SrtpKey.random(), KEY));
        assertRefused(SrtpException.Reason.MALFORMED, again.protectRtp(rtp(1, 64)));
    }
}

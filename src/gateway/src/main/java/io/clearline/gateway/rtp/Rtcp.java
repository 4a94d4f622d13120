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

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Parses and writes RTCP reports (RFC 3550, 6). Stateless. */
final class Rtcp {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;
    private static final int COUNT_BITS = 0x1f;
    private static final int HEADER_BYTES = 4;
    private static final int REPORT_BLOCK_BYTES = 24;
    private static final int SENDER_INFO_BYTES = 20;
    /** Seconds from the epoch of NTP, 1900, to that of Unix, 1970. */
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private Rtcp() {}

    /**
     * What a compound packet of the peer reports.
     *
     * @param bye whether the source leaves
     * @param lostFraction share of the gateway's packets that the peer lost, 0 to 1; -1 if it does not report that
     * @param senderNtpMiddle middle 32 bits of the peer's NTP timestamp; 0 without a sender report
     */
    record Report(boolean bye, double lostFraction, int senderNtpMiddle) {}

    /**
     * Statistics of what was received, for a report block.
     *
     * @param ssrc of the source that was received
     * @param fractionLost share of packets lost since the previous report, 0 to 1
     * @param lost packets lost in total
     * @param highestSequence highest sequence number received, extended to 32 bits
     * @param jitterTicks interarrival jitter as defined in RFC 3550, 6.4.1, in ticks of the source's clock
     * @param lastSenderNtp middle 32 bits of the NTP timestamp in the source's last sender report; 0 if none arrived
     * @param sinceLastNanos time since that report
     */
    record Reception(
            int ssrc,
            double fractionLost,
            int lost,
            int highestSequence,
            int jitterTicks,
            int lastSenderNtp,
            long sinceLastNanos) {}

    /**
     * Parses a compound packet.
     *
     * @param ourSsrc report blocks about other sources are ignored
     * @throws BadPacketException if it is not RTCP
     */
    static Report parse(byte[] bytes, int ourSsrc) throws BadPacketException {
        boolean bye = false;
        double lostFraction = -1;
        int ntp = 0;
        int at = 0;
        while (at < bytes.length) {
            if (at + HEADER_BYTES > bytes.length || (bytes[at] & 0xff) >> 6 != RtpPacket.VERSION) {
                throw new BadPacketException("no RTCP header");
            }
            int type = bytes[at + 1] & 0xff;
            int end = at + HEADER_BYTES + 4 * ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
            if (end > bytes.length) {
                throw new BadPacketException("RTCP packet longer than the datagram");
            }
            bye |= type == BYE;
            if (type == SENDER_REPORT && at + 16 <= end) {
                ntp = RtpPacket.int32(bytes, at + 10);
            }
            int blocks = at + 8 + (type == SENDER_REPORT ? SENDER_INFO_BYTES : 0);
            if (type == SENDER_REPORT || type == RECEIVER_REPORT) {
                lostFraction =
                        Math.max(lostFraction, lostFraction(bytes, blocks, end, bytes[at] & COUNT_BITS, ourSsrc));
            }
            at = end;
        }
        return new Report(bye, lostFraction, ntp);
    }

    private static double lostFraction(byte[] bytes, int blocks, int end, int count, int ourSsrc) {
        for (int i = 0; i < count && blocks + (i + 1) * REPORT_BLOCK_BYTES <= end; i++) {
            int block = blocks + i * REPORT_BLOCK_BYTES;
            if (RtpPacket.int32(bytes, block) == ourSsrc) {
                return (bytes[block + 4] & 0xff) / 256.0;
            }
        }
        return -1;
    }

    /**
     * Writes a compound packet of a sender report with one reception block and a source description.
     *
     * @param timestamp RTP timestamp of the latest packet
     * @param packets sent so far
     * @param octets payload bytes sent so far
     * @param cname the canonical name, at most 255 bytes in UTF-8
     */
    static byte[] senderReport(
            int ourSsrc, Instant now, int timestamp, int packets, int octets, Reception received, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        int reportBytes = 8 + SENDER_INFO_BYTES + REPORT_BLOCK_BYTES;
        // SSRC, type and length of the item, its text, and one to four zeros up to a multiple of four bytes.
        int descriptionBytes = HEADER_BYTES + (4 + 2 + name.length + 1 + 3) / 4 * 4;
        byte[] bytes = new byte[reportBytes + descriptionBytes];
        header(bytes, 0, 1, SENDER_REPORT, reportBytes);
        RtpPacket.putInt32(bytes, 4, ourSsrc);
        RtpPacket.putInt32(bytes, 8, (int) (now.getEpochSecond() + NTP_EPOCH_SECONDS));
        RtpPacket.putInt32(bytes, 12, (int) (((long) now.getNano() << 32) / 1_000_000_000L));
        RtpPacket.putInt32(bytes, 16, timestamp);
        RtpPacket.putInt32(bytes, 20, packets);
        RtpPacket.putInt32(bytes, 24, octets);
        block(bytes, 28, received);
        header(bytes, reportBytes, 1, SOURCE_DESCRIPTION, descriptionBytes);
        RtpPacket.putInt32(bytes, reportBytes + 4, ourSsrc);
        bytes[reportBytes + 8] = CNAME;
        bytes[reportBytes + 9] = (byte) name.length;
        System.arraycopy(name, 0, bytes, reportBytes + 10, name.length);
        return bytes;
    }

    private static void block(byte[] bytes, int at, Reception received) {
        RtpPacket.putInt32(bytes, at, received.ssrc);
        RtpPacket.putInt32(bytes, at + 4, received.lost & 0xff_ffff);
        bytes[at + 4] = (byte) Math.max(0, Math.min(255, (int) (256 * received.fractionLost)));
        RtpPacket.putInt32(bytes, at + 8, received.highestSequence);
        RtpPacket.putInt32(bytes, at + 12, received.jitterTicks);
        RtpPacket.putInt32(bytes, at + 16, received.lastSenderNtp);
        long since = received.lastSenderNtp == 0 ? 0 : (received.sinceLastNanos / 1000 << 16) / 1_000_000;
        RtpPacket.putInt32(bytes, at + 20, (int) since);
    }

    private static void header(byte[] bytes, int at, int count, int type, int length) {
        bytes[at] = (byte) (RtpPacket.VERSION << 6 | count);
        bytes[at + 1] = (byte) type;
        int words = length / 4 - 1;
        bytes[at + 2] = (byte) (words >> 8);
        bytes[at + 3] = (byte) words;
    }
}

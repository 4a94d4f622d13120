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

import java.util.Arrays;

/**
 * An RTP packet (RFC 3550, 5.1) without its CSRC list, header extension and padding.
 *
 * @param payloadType 0 to 127
 * @param marker the marker bit
 * @param sequence 16 bits, unsigned
 * @param timestamp 32 bits, unsigned
 * @param ssrc 32 bits
 * @param payload without padding
 * @param arrivalNanos when the packet arrived, on the clock of {@link System#nanoTime}
 */
record RtpPacket(
        int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload, long arrivalNanos) {
    static final int HEADER_BYTES = 12;
    static final int VERSION = 2;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int CSRC_COUNT = 0x0f;
    private static final int MARKER = 0x80;
    private static final int PAYLOAD_TYPE = 0x7f;

    /**
     * Parses a datagram.
     *
     * @throws BadPacketException if it is not RTP
     */
    static RtpPacket parse(byte[] bytes, long arrivalNanos) throws BadPacketException {
        if (bytes.length < HEADER_BYTES || (bytes[0] & 0xff) >> 6 != VERSION) {
            throw new BadPacketException("no RTP header");
        }
        int start = HEADER_BYTES + 4 * (bytes[0] & CSRC_COUNT);
        if ((bytes[0] & EXTENSION) != 0) {
            start = skipExtension(bytes, start);
        }
        int end = bytes.length;
        if ((bytes[0] & PADDING) != 0) {
            end -= bytes[bytes.length - 1] & 0xff;
        }
        boolean emptyPadding = (bytes[0] & PADDING) != 0 && bytes[bytes.length - 1] == 0;
        if (start > end || emptyPadding) {
            throw new BadPacketException("header, extension or padding longer than the packet");
        }
        return new RtpPacket(
                bytes[1] & PAYLOAD_TYPE,
                (bytes[1] & MARKER) != 0,
                (bytes[2] & 0xff) << 8 | bytes[3] & 0xff,
                int32(bytes, 4),
                int32(bytes, 8),
                Arrays.copyOfRange(bytes, start, end),
                arrivalNanos);
    }

    private static int skipExtension(byte[] bytes, int at) throws BadPacketException {
        if (at + 4 > bytes.length) {
            throw new BadPacketException("header extension beyond the packet");
        }
        return at + 4 + 4 * ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
    }

    /** Reads a big-endian 32-bit integer. */
    static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    /** Writes a big-endian 32-bit integer. */
    static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    /**
     * Returns the bytes of a packet without CSRC list, header extension or padding.
     *
     * @param length bytes of the payload to send
     */
    static byte[] write(
            int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload, int length) {
        byte[] bytes = new byte[HEADER_BYTES + length];
        bytes[0] = (byte) (VERSION << 6);
        bytes[1] = (byte) ((marker ? MARKER : 0) | payloadType);
        bytes[2] = (byte) (sequence >> 8);
        bytes[3] = (byte) sequence;
        putInt32(bytes, 4, timestamp);
        putInt32(bytes, 8, ssrc);
        System.arraycopy(payload, 0, bytes, HEADER_BYTES, length);
        return bytes;
    }

    /** Returns whether a datagram on an RTP port is RTCP, by its packet type (RFC 5761, 4). */
    static boolean isRtcp(byte[] bytes) {
        int type = bytes.length > 1 ? bytes[1] & 0xff : 0;
        return type >= 192 && type <= 223;
    }
}

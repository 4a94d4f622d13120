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
package io.clearline.gateway.audiosocket;

import io.clearline.gateway.codec.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.UUID;

/** The messages of Asterisk's AudioSocket: a kind of 8 bits, a length of 16 bits, and a payload. Stateless. */
final class AudioSocketMessage {
    static final int HEADER_BYTES = 3;
    static final int MAX_PAYLOAD_BYTES = 0xffff;
    static final int HANG_UP = 0x00;
    static final int IDENTIFIER = 0x01;
    static final int DTMF = 0x03;
    static final int AUDIO_8_KHZ = 0x10;
    static final int ERROR = 0xff;
    private static final int FRAMES_PER_SECOND = 50;
    /** Sample rates by kind; samples have 16 bits, little-endian. */
    private static final Map<Integer, Integer> AUDIO_RATES_HZ = Map.of(
            AUDIO_8_KHZ, 8000, 0x11, 12_000, 0x12, 16_000, 0x13, 24_000, 0x14, 32_000, 0x15, 44_100, 0x16, 48_000);

    private AudioSocketMessage() {}

    /** Returns the format of an audio kind; null if it is not supported audio. */
    static MediaFormat format(int kind) {
        Integer rate = AUDIO_RATES_HZ.get(kind);
        return rate == null ? null : new MediaFormat(MediaFormat.Encoding.S16LE, rate);
    }

    /** Returns 20 ms of silence for an audio kind. */
    static byte[] silence(int kind) {
        return new byte[AUDIO_RATES_HZ.get(kind) / FRAMES_PER_SECOND * Short.BYTES];
    }

    /** Returns the identifier of the call; null if the payload does not have 16 bytes. */
    static UUID identifier(ByteBuf payload) {
        return payload.readableBytes() == 16 ? new UUID(payload.readLong(), payload.readLong()) : null;
    }

    /**
     * Returns the bytes of a message.
     *
     * @param length bytes of the payload to send
     */
    static ByteBuf write(int kind, byte[] payload, int length) {
        ByteBuf message = Unpooled.buffer(HEADER_BYTES + length);
        message.writeByte(kind);
        message.writeShort(length);
        message.writeBytes(payload, 0, length);
        return message;
    }
}

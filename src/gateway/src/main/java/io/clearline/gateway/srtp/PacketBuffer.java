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

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/**
 * A copy of a packet that jitsi-srtp reads and modifies in place, with capacity for what protection appends.
 * Thread-confined.
 */
final class PacketBuffer implements ByteArrayBuffer {
    /** Capacity for the authentication tag (10 bytes) and the SRTCP index (4 bytes). */
    private static final int MAX_TRAILER_BYTES = 16;

    private byte[] bytes;
    private int offset;
    private int length;

    PacketBuffer(byte[] packet) {
        bytes = Arrays.copyOf(packet, packet.length + MAX_TRAILER_BYTES);
        length = packet.length;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int newOffset) {
        offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] target) {
        System.arraycopy(bytes, offset + from, target, 0, count);
    }

    @Override
    public void grow(int count) {
        if (offset + length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, offset + length + count);
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length -= count;
    }
}

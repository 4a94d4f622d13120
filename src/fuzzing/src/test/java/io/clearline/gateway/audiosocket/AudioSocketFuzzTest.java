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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Bytes of a connection by AudioSocket: they are messages as long as they say, however they end. */
class AudioSocketFuzzTest {
    @FuzzTest
    void anyBytesAreMessages(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(AudioSocketServer.decoder());
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        int total = 0;
        for (ByteBuf message = channel.readInbound(); message != null; message = channel.readInbound()) {
            int kind = message.readUnsignedByte();
            int length = message.readUnsignedShort();
            if (length != message.readableBytes()) {
                throw new AssertionError("a message of another length than it says");
            }
            AudioSocketMessage.format(kind);
            total += AudioSocketMessage.HEADER_BYTES + length;
            AudioSocketMessage.identifier(message);
            message.release();
        }
        channel.close();
        if (total > bytes.length) {
            throw new AssertionError("more messages than bytes");
        }
    }
}

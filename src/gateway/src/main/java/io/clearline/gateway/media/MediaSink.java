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
 * Sends what a session plays: the connection on which its audio arrived, seen in the other direction. Called on the
 * session's loop.
 */
public interface MediaSink {
    /**
     * Sends a packet of audio.
     *
     * @param payload in the encoding in which the audio arrived; valid only during the call
     * @param length bytes of the payload
     * @param ticks of the source's clock at the first sample
     * @param startsSpurt whether a pause of the source precedes the packet
     */
    void play(byte[] payload, int length, long ticks, boolean startsSpurt);

    /**
     * Forwards a packet that is not audio, such as a telephone event or comfort noise, unchanged. Protocols without
     * such packets ignore it.
     */
    default void passOn(PassedPacket packet) {}
}

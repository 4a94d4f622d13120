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

/** The connection that a session came by, on which it goes back. Called on the session's loop. */
public interface MediaSink {
    /**
     * Sends a packet of audio.
     *
     * @param payload encoded as it came in; valid during the call
     * @param ticks of the source's clock at the first sample
     * @param startsSpurt whether a pause precedes it
     */
    void play(byte[] payload, int length, long ticks, boolean startsSpurt);

    /** Sends on what is no audio, telephone events and comfort noise, as it came. */
    default void passOn(PassedPacket packet) {}
}

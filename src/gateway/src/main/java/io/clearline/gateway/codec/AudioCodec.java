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
package io.clearline.gateway.codec;

import io.clearline.schemas.AudioEncoding;

/**
 * Samples and the payloads of one encoding on a connection. A codec may keep state from packet to packet, so each
 * direction of each session has its own. Thread-confined.
 */
public interface AudioCodec {
    /**
     * The longest packet that is taken. Opus has 120 ms at most; of G.711, ffmpeg fills a datagram with 182 ms unless
     * it is told otherwise.
     */
    int MAX_PACKET_MILLIS = 200;

    /** Samples a second after decoding. */
    int sampleRateHz();

    /** How the decoded samples travel through Kafka: as they came where Kafka's frames know the encoding. */
    AudioEncoding frameEncoding();

    /**
     * Decodes one packet.
     *
     * @param out has room for {@link #MAX_PACKET_MILLIS}
     * @return how many samples were written
     * @throws BadPayloadException when the bytes are no packet of this encoding, or too long
     */
    int decode(byte[] payload, int length, float[] out) throws BadPayloadException;

    /**
     * Encodes one packet.
     *
     * @param out has room for two bytes a sample and for at least 1500 bytes
     * @return how many bytes were written
     */
    int encode(float[] samples, int length, byte[] out);

    /** The room that the longest packet takes, in samples. */
    default int maxSamples() {
        return sampleRateHz() * MAX_PACKET_MILLIS / 1000;
    }
}

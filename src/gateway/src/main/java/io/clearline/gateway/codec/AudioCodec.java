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
 * Converts between samples and the payloads of one encoding. Samples are floats in -1 to 1, one channel. A codec may
 * keep state from packet to packet, so each direction of each session needs its own instance. Thread-confined.
 */
public interface AudioCodec {
    /**
     * Longest packet that is accepted. Opus allows 120 ms. For G.711, ffmpeg fills a datagram with 182 ms unless its
     * packet size is limited.
     */
    int MAX_PACKET_MILLIS = 200;

    /**
     * Smallest output buffer for {@link #encode}: the payload of an Ethernet frame. An Opus packet takes at most 1275
     * bytes.
     */
    int MIN_ENCODED_CAPACITY_BYTES = 1500;

    /** Returns the sample rate after decoding. */
    int sampleRateHz();

    /**
     * Returns the encoding of the samples in Kafka. It is that of the connection where Kafka's frames support it, so
     * that nothing is lost by transcoding.
     */
    AudioEncoding frameEncoding();

    /**
     * Decodes one packet.
     *
     * @param length bytes of the payload
     * @param out needs a capacity of {@link #maxSamples} samples
     * @return samples written
     * @throws BadPayloadException if the bytes are not a packet of this encoding, or the packet is too long
     */
    int decode(byte[] payload, int length, float[] out) throws BadPayloadException;

    /**
     * Encodes one packet.
     *
     * @param length samples to encode
     * @param out needs a capacity of two bytes per sample, and of at least {@link #MIN_ENCODED_CAPACITY_BYTES}
     * @return bytes written
     */
    int encode(float[] samples, int length, byte[] out);

    /** Returns the length of the longest packet, in samples. */
    default int maxSamples() {
        return sampleRateHz() * MAX_PACKET_MILLIS / 1000;
    }
}

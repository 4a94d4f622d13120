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

import io.clearline.dsp.G711;
import io.clearline.dsp.Pcm16;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;

/**
 * The encodings that code each sample by itself: G.711, and 16-bit PCM in either byte order. Keeps no state between
 * packets.
 */
final class SampleCodec implements AudioCodec {
    /** The coding of a sample on the connection. */
    enum Coding {
        MU_LAW(AudioEncoding.PCMU),
        A_LAW(AudioEncoding.PCMA),
        /** Used by AudioSocket and WebSocket. */
        PCM16_LITTLE_ENDIAN(AudioEncoding.PCM_S16LE),
        /** RTP's L16, in network byte order. */
        PCM16_BIG_ENDIAN(AudioEncoding.PCM_S16LE);

        private final AudioEncoding frameEncoding;

        Coding(AudioEncoding frameEncoding) {
            this.frameEncoding = frameEncoding;
        }
    }

    private final Coding coding;
    private final int sampleRateHz;
    private final int bytesPerSample;
    /** Scratch buffer for L16, which is converted by way of little-endian bytes. */
    private byte[] swapped = new byte[0];

    SampleCodec(Coding coding, int sampleRateHz) {
        this.coding = coding;
        this.sampleRateHz = sampleRateHz;
        this.bytesPerSample = FrameLimits.bytesPerSample(coding.frameEncoding);
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public AudioEncoding frameEncoding() {
        return coding.frameEncoding;
    }

    @Override
    public int decode(byte[] payload, int length, float[] out) throws BadPayloadException {
        int samples = length / bytesPerSample;
        if (length == 0 || samples * bytesPerSample != length || samples > maxSamples()) {
            throw new BadPayloadException("Expected 1 to " + maxSamples() + " samples of " + bytesPerSample
                    + " bytes, found " + length + " bytes.");
        }
        switch (coding) {
            case MU_LAW -> G711.decodeMuLaw(payload, 0, out, 0, samples);
            case A_LAW -> G711.decodeALaw(payload, 0, out, 0, samples);
            case PCM16_LITTLE_ENDIAN -> Pcm16.decode(payload, 0, out, 0, samples);
            case PCM16_BIG_ENDIAN -> Pcm16.decode(swap(payload, length), 0, out, 0, samples);
        }
        return samples;
    }

    @Override
    public int encode(float[] samples, int length, byte[] out) {
        switch (coding) {
            case MU_LAW -> G711.encodeMuLaw(samples, 0, out, 0, length);
            case A_LAW -> G711.encodeALaw(samples, 0, out, 0, length);
            case PCM16_LITTLE_ENDIAN -> Pcm16.encode(samples, 0, out, 0, length);
            case PCM16_BIG_ENDIAN -> {
                Pcm16.encode(samples, 0, out, 0, length);
                System.arraycopy(swap(out, 2 * length), 0, out, 0, 2 * length);
            }
        }
        return length * bytesPerSample;
    }

    private byte[] swap(byte[] bytes, int length) {
        if (swapped.length < length) {
            swapped = new byte[length];
        }
        for (int i = 0; i < length; i += 2) {
            swapped[i] = bytes[i + 1];
            swapped[i + 1] = bytes[i];
        }
        return swapped;
    }
}

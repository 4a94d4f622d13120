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
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;

/**
 * Opus (RFC 6716) with the library Concentus, mono at 48 kHz. That is the rate of its RTP clock, whatever the bandwidth
 * of the signal.
 */
final class OpusCodec implements AudioCodec {
    private static final int SAMPLE_RATE_HZ = 48_000;
    private static final int MAX_PACKET_BYTES = 1275;
    private static final int BIT_RATE = 32_000;
    private static final int COMPLEXITY = 3;
    private static final float FULL_SCALE = 32_768f;

    private final OpusDecoder decoder;
    /** Created with the first packet that is returned, since the encoder takes most of a codec's memory. */
    private OpusEncoder encoder;

    private final short[] pcm = new short[SAMPLE_RATE_HZ * MAX_PACKET_MILLIS / 1000];

    OpusCodec() {
        try {
            decoder = new OpusDecoder(SAMPLE_RATE_HZ, 1);
        } catch (OpusException e) {
            throw new IllegalStateException("Concentus refuses 48 kHz mono", e);
        }
    }

    @Override
    public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
    }

    @Override
    public AudioEncoding frameEncoding() {
        return AudioEncoding.PCM_S16LE;
    }

    @Override
    public int decode(byte[] payload, int length, float[] out) throws BadPayloadException {
        if (length == 0) {
            // Concentus would take this as a request to conceal a lost packet, which a peer cannot make.
            throw new BadPayloadException("Expected an Opus packet, found an empty payload.");
        }
        int samples;
        try {
            samples = decoder.decode(payload, 0, length, pcm, 0, pcm.length, false);
        } catch (OpusException | RuntimeException | AssertionError e) {
            // Concentus reports some broken packets by an index out of bounds.
            throw new BadPayloadException("Expected an Opus packet, found other bytes: " + e);
        }
        for (int i = 0; i < samples; i++) {
            out[i] = pcm[i] / FULL_SCALE;
        }
        return samples;
    }

    @Override
    public int encode(float[] samples, int length, byte[] out) {
        for (int i = 0; i < length; i++) {
            pcm[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(samples[i] * FULL_SCALE)));
        }
        try {
            return encoder().encode(pcm, 0, length, out, 0, Math.min(out.length, MAX_PACKET_BYTES));
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus does not support packets of " + length + " samples.", e);
        }
    }

    private OpusEncoder encoder() throws OpusException {
        if (encoder == null) {
            // The VOIP mode filters the signal. On enhanced audio, clean already, it costs 4.5 dB of waveform accuracy.
            encoder = new OpusEncoder(SAMPLE_RATE_HZ, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
            encoder.setBitrate(BIT_RATE);
            encoder.setComplexity(COMPLEXITY);
        }
        return encoder;
    }
}

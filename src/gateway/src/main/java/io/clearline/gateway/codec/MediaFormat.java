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

import io.clearline.schemas.FrameLimits;
import java.util.Arrays;
import java.util.Locale;

/**
 * An encoding as SDP writes it ({@code a=rtpmap:111 opus/48000/2}): one channel of audio on a connection. Immutable.
 *
 * @param encoding which one
 * @param clockRateHz ticks a second of the RTP timestamp; the sample rate
 */
public record MediaFormat(Encoding encoding, int clockRateHz) {
    /** The encodings that a session takes. */
    public enum Encoding {
        PCMU,
        PCMA,
        /** 16-bit PCM, big-endian. */
        L16,
        /** 16-bit PCM, little-endian: AudioSocket and the plain WebSocket protocol. */
        S16LE,
        OPUS
    }

    private static final int G711_RATE_HZ = 8000;
    private static final int OPUS_CLOCK_HZ = 48_000;

    public static final MediaFormat PCMU = new MediaFormat(Encoding.PCMU, G711_RATE_HZ);
    public static final MediaFormat PCMA = new MediaFormat(Encoding.PCMA, G711_RATE_HZ);
    public static final MediaFormat OPUS = new MediaFormat(Encoding.OPUS, OPUS_CLOCK_HZ);

    /** @throws IllegalArgumentException when the encoding has no such rate, or the job takes no such rate */
    public MediaFormat {
        boolean fits =
                switch (encoding) {
                    case PCMU, PCMA -> clockRateHz == G711_RATE_HZ;
                    case OPUS -> clockRateHz == OPUS_CLOCK_HZ;
                    case L16, S16LE ->
                        Arrays.stream(FrameLimits.sampleRatesHz()).anyMatch(rate -> rate == clockRateHz);
                };
        if (!fits) {
            throw new IllegalArgumentException(encoding + " with a clock of " + clockRateHz
                    + " Hz is not taken. PCMU and PCMA have 8000, Opus 48000, L16 one of "
                    + Arrays.toString(FrameLimits.sampleRatesHz()) + ".");
        }
    }

    /**
     * Reads {@code PCMU/8000}, {@code L16/16000}, {@code opus/48000/2}.
     *
     * @throws IllegalArgumentException when it is none of ours
     */
    public static MediaFormat parse(String text) {
        String[] parts = text.strip().split("/");
        if (parts.length < 2 || parts.length > 3 || !parts[1].matches("\\d{1,6}")) {
            throw new IllegalArgumentException("Expected a format such as PCMU/8000 or opus/48000/2, found " + text);
        }
        boolean opus = parts[0].equalsIgnoreCase("opus");
        if (parts.length == 3 && !opus && !parts[2].equals("1")) {
            // Opus always says 2, and its decoder gives what is asked for (RFC 7587).
            throw new IllegalArgumentException(
                    "Expected one channel, found " + text + ". Send each channel as a stream of its own.");
        }
        return new MediaFormat(encoding(parts[0]), Integer.parseInt(parts[1]));
    }

    private static Encoding encoding(String name) {
        try {
            return Encoding.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Expected one of " + Arrays.toString(Encoding.values()) + ", found " + name + ".", e);
        }
    }

    /** Makes a codec with a state of its own. */
    public AudioCodec newCodec() {
        return switch (encoding) {
            case PCMU -> new SampleCodec(SampleCodec.Coding.MU_LAW, clockRateHz);
            case PCMA -> new SampleCodec(SampleCodec.Coding.A_LAW, clockRateHz);
            case L16 -> new SampleCodec(SampleCodec.Coding.PCM16_BIG_ENDIAN, clockRateHz);
            case S16LE -> new SampleCodec(SampleCodec.Coding.PCM16_LITTLE_ENDIAN, clockRateHz);
            case OPUS -> new OpusCodec();
        };
    }

    @Override
    public String toString() {
        return encoding + "/" + clockRateHz;
    }
}

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
 * An encoding and its clock rate, as SDP writes them ({@code a=rtpmap:111 opus/48000/2}): one channel of audio on a
 * connection. Immutable.
 *
 * @param encoding of the samples
 * @param clockRateHz ticks per second of the RTP timestamp; equals the sample rate, except for G.722, whose clock rate
 *     is 8000 for historical reasons (RFC 3551, 4.5.2)
 */
public record MediaFormat(Encoding encoding, int clockRateHz) {
    /** The encodings that a session accepts. */
    public enum Encoding {
        PCMU,
        PCMA,
        /** 16-bit PCM, big-endian. */
        L16,
        /** 16-bit PCM, little-endian, as in AudioSocket and the plain WebSocket protocol. */
        S16LE,
        G722,
        OPUS
    }

    private static final int G711_RATE_HZ = 8000;
    private static final int OPUS_CLOCK_HZ = 48_000;

    public static final MediaFormat PCMU = new MediaFormat(Encoding.PCMU, G711_RATE_HZ);
    public static final MediaFormat PCMA = new MediaFormat(Encoding.PCMA, G711_RATE_HZ);
    public static final MediaFormat G722 = new MediaFormat(Encoding.G722, G711_RATE_HZ);
    public static final MediaFormat OPUS = new MediaFormat(Encoding.OPUS, OPUS_CLOCK_HZ);

    /**
     * Validates the combination.
     *
     * @throws IllegalArgumentException if the encoding does not have this clock rate, or the job does not accept it
     */
    public MediaFormat {
        boolean fits =
                switch (encoding) {
                    case PCMU, PCMA, G722 -> clockRateHz == G711_RATE_HZ;
                    case OPUS -> clockRateHz == OPUS_CLOCK_HZ;
                    case L16, S16LE ->
                        Arrays.stream(FrameLimits.sampleRatesHz()).anyMatch(rate -> rate == clockRateHz);
                };
        if (!fits) {
            throw new IllegalArgumentException(encoding + " with a clock rate of " + clockRateHz
                    + " Hz is not supported. Expected 8000 for PCMU, PCMA and G722, 48000 for Opus, and for L16 one of "
                    + Arrays.toString(FrameLimits.sampleRatesHz()) + ".");
        }
    }

    /**
     * Parses a format such as {@code PCMU/8000}, {@code L16/16000} or {@code opus/48000/2}. Case is ignored.
     *
     * @throws IllegalArgumentException if the format is not supported; the message says which formats are
     */
    public static MediaFormat parse(String text) {
        String[] parts = text.strip().split("/");
        if (parts.length < 2 || parts.length > 3 || !parts[1].matches("\\d{1,6}")) {
            throw new IllegalArgumentException(
                    "Expected a format such as PCMU/8000 or opus/48000/2, found " + text + ".");
        }
        boolean opus = parts[0].equalsIgnoreCase("opus");
        if (parts.length == 3 && !opus && !parts[2].equals("1")) {
            // Opus always signals 2 channels, and its decoder outputs as many as it is asked for (RFC 7587).
            throw new IllegalArgumentException(
                    "Expected one channel, found " + text + ". Send each channel as a separate stream.");
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

    /** Returns a new codec with its own state. */
    public AudioCodec newCodec() {
        return switch (encoding) {
            case PCMU -> new SampleCodec(SampleCodec.Coding.MU_LAW, clockRateHz);
            case PCMA -> new SampleCodec(SampleCodec.Coding.A_LAW, clockRateHz);
            case L16 -> new SampleCodec(SampleCodec.Coding.PCM16_BIG_ENDIAN, clockRateHz);
            case S16LE -> new SampleCodec(SampleCodec.Coding.PCM16_LITTLE_ENDIAN, clockRateHz);
            case OPUS -> new OpusCodec();
            case G722 -> new G722Codec();
        };
    }

    @Override
    public String toString() {
        return encoding + "/" + clockRateHz;
    }
}

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
package io.clearline.dsp.audio;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of one sample in a file. Immutable.
 *
 * @param coding how the bits encode the value
 * @param bits number of valid bits. PCM samples are left-justified: their bits are the highest of the container
 * @param containerBytes number of bytes that a sample occupies
 */
public record SampleFormat(SampleCoding coding, int bits, int containerBytes) {
    /** 16-bit PCM. */
    public static final SampleFormat PCM_16 = pcm(16);

    /** 32-bit float. */
    public static final SampleFormat FLOAT_32 = new SampleFormat(SampleCoding.FLOAT, 32, 4);

    private static final int MAX_PCM_BITS = 32;
    private static final Pattern NAME = Pattern.compile("(pcm|s|float|f)(\\d{1,2})");

    public SampleFormat {
        boolean fits =
                switch (coding) {
                    case PCM -> bits >= 1 && containerBytes <= 8 && bits <= 8 * containerBytes;
                    case FLOAT -> bits == 8 * containerBytes && (bits == 32 || bits == 64);
                    case A_LAW, MU_LAW -> bits == 8 && containerBytes == 1;
                };
        if (!fits) {
            throw new IllegalArgumentException("No sample is " + coding + " of " + bits + " bits in " + containerBytes
                    + " bytes: expected PCM of 1 to 64 bits in 1 to 8 bytes, float of 32 or 64 bits, or 8-bit A-law"
                    + " or mu-law.");
        }
    }

    /** Returns PCM in the smallest container of whole bytes. */
    public static SampleFormat pcm(int bits) {
        return new SampleFormat(SampleCoding.PCM, bits, (bits + 7) / 8);
    }

    /**
     * Parses a name: pcm8 to pcm32, float32, float64, alaw or mulaw.
     *
     * @throws IllegalArgumentException if the name is none of these; the message lists them
     */
    public static SampleFormat named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("alaw")) {
            return new SampleFormat(SampleCoding.A_LAW, 8, 1);
        }
        if (name.equals("mulaw") || name.equals("ulaw")) {
            return new SampleFormat(SampleCoding.MU_LAW, 8, 1);
        }
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
            int bits = Integer.parseInt(matcher.group(2));
            boolean isFloat = matcher.group(1).startsWith("f");
            if (isFloat && (bits == 32 || bits == 64)) {
                return new SampleFormat(SampleCoding.FLOAT, bits, bits / 8);
            }
            if (!isFloat && bits >= 8 && bits <= MAX_PCM_BITS) {
                return pcm(bits);
            }
        }
        throw new IllegalArgumentException("expected pcm8 to pcm32, float32, float64, alaw or mulaw, found " + text);
    }

    @Override
    public String toString() {
        return switch (coding) {
            case PCM -> "pcm" + bits + (bits == 8 * containerBytes ? "" : " in " + 8 * containerBytes);
            case FLOAT -> "float" + bits;
            case A_LAW -> "alaw";
            case MU_LAW -> "mulaw";
        };
    }
}

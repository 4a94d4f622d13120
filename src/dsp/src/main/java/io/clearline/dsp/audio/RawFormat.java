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
 * The format of audio without a header, as a user specifies it. Immutable.
 *
 * @param bigEndian the byte order of samples with several bytes
 * @param unsignedByte whether samples of 8 bits are unsigned, with zero at 128
 */
public record RawFormat(AudioSpec spec, boolean bigEndian, boolean unsignedByte) {
    private static final Pattern LINEAR = Pattern.compile("([suf])(8|16|24|32|64)(le|be)?");

    /**
     * Parses {@code RATE:ENCODING:CHANNELS}, such as 8000:mulaw:1 or 48000:s16le:2. The default is one channel.
     *
     * @throws IllegalArgumentException if the text has another form; the message says what was expected
     */
    public static RawFormat parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw expected(text);
        }
        try {
            long rateHz = Long.parseLong(parts[0]);
            int channels = parts.length == 2 ? 1 : Integer.parseInt(parts[2]);
            String encoding = parts[1].toLowerCase(Locale.ROOT);
            AudioSpec spec = AudioSpec.ofFile("raw", rateHz, channels, 0, format(encoding, text), AudioSpec.UNKNOWN);
            return new RawFormat(spec, encoding.endsWith("be"), encoding.startsWith("u8"));
        } catch (NumberFormatException e) {
            throw expected(text);
        } catch (BadAudioException e) {
            throw new IllegalArgumentException(e.getMessage().replace("its header states", "it says"), e);
        }
    }

    private static SampleFormat format(String encoding, String text) {
        if (encoding.equals("alaw")) {
            return new SampleFormat(SampleCoding.A_LAW, 8, 1);
        }
        if (encoding.equals("mulaw") || encoding.equals("ulaw")) {
            return new SampleFormat(SampleCoding.MU_LAW, 8, 1);
        }
        Matcher matcher = LINEAR.matcher(encoding);
        if (!matcher.matches()) {
            throw expected(text);
        }
        int bits = Integer.parseInt(matcher.group(2));
        boolean isFloat = matcher.group(1).equals("f");
        if (isFloat && bits < 32 || !isFloat && bits == 64 || matcher.group(1).equals("u") && bits != 8) {
            throw expected(text);
        }
        return isFloat ? new SampleFormat(SampleCoding.FLOAT, bits, bits / 8) : SampleFormat.pcm(bits);
    }

    private static IllegalArgumentException expected(String text) {
        return new IllegalArgumentException("expected RATE:ENCODING:CHANNELS with an encoding of mulaw, alaw, u8, s8,"
                + " s16le, s24le, s32le, f32le, f64le or the same with be, such as 8000:mulaw:1, found " + text);
    }
}

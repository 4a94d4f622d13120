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
package io.clearline.gateway.broadcast;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ffmpeg's filter {@code ashowinfo} logs about the block of samples that follows: its position on the source's
 * clock, and its format. Immutable.
 *
 * @param pts presentation time of the first sample, in samples of this rate; {@link #NO_PTS} if the source has no clock
 * @param samples per channel
 */
record DecodedBlock(long pts, int samples, int channels, int sampleRateHz) {
    /** Stands for a block without a time stamp. */
    static final long NO_PTS = Long.MIN_VALUE;

    private static final Pattern LINE = Pattern.compile("^\\[Parsed_ashowinfo_\\d+ @ [^]]*] \\[info] n:\\d+ "
            + "pts:(NOPTS|-?\\d+) .*\\bchannels:(\\d+) .*\\brate:(\\d+) nb_samples:(\\d+) .*");

    /** Parses a line of ffmpeg's log, written with log levels. Returns null for any other line. */
    static DecodedBlock parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        try {
            String pts = matcher.group(1);
            return new DecodedBlock(
                    pts.equals("NOPTS") ? NO_PTS : Long.parseLong(pts),
                    Integer.parseInt(matcher.group(4)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns whether another block has the same number of channels. */
    boolean hasSameChannels(DecodedBlock other) {
        return channels == other.channels;
    }

    /** Returns the size of the block as interleaved 16-bit samples. */
    int bytes() {
        return samples * channels * Short.BYTES;
    }
}

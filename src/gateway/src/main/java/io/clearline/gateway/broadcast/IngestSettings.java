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

import io.clearline.dsp.audio.FfmpegProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is taken in, and how.
 *
 * @param input as ffmpeg names it
 * @param track which audio track, from 0
 * @param loop begins a file again at its end
 * @param paced sends frames as their time comes; otherwise as the source gives them
 * @param once ends with the source in place of starting it again
 * @param options of ffmpeg in front of the input, without their dash
 */
public record IngestSettings(
        String streamId,
        String input,
        int track,
        int sampleRateHz,
        int frameMillis,
        boolean loop,
        boolean paced,
        boolean once,
        Map<String, String> options) {
    /** Longest wait before a source is started again. */
    static final long MAX_BACKOFF_MILLIS = 30_000;

    private static final int DEFAULT_RATE_HZ = 48_000;
    private static final int DEFAULT_FRAME_MILLIS = 20;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final Pattern LIVE_SCHEME =
            Pattern.compile("(srt|udp|tcp|rtp|rtsps?|rtmpt?s?):.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** The first audio track of a URL, or of a file, at 48 kHz; a file as fast as it sounds, and once. */
    public static IngestSettings of(String streamId, String url) {
        boolean recording = isRecording(url);
        return new IngestSettings(
                streamId,
                isFile(url) ? FfmpegProcess.url(path(url)) : url,
                0,
                DEFAULT_RATE_HZ,
                DEFAULT_FRAME_MILLIS,
                false,
                recording,
                recording,
                Map.of());
    }

    /** Whether this names a file of this machine, and not a URL. */
    public static boolean isFile(String url) {
        return url.startsWith("file:") || !SCHEME.matcher(url).matches();
    }

    /** Whether this names a file that holds sound, and not, as an SDP does, where sound comes from. */
    public static boolean isRecording(String url) {
        return isFile(url) && !url.endsWith(".sdp");
    }

    /** Whether this names a source that sends as it sounds, and whose beginning is no matter. */
    static boolean isLive(String url) {
        return LIVE_SCHEME.matcher(url).matches();
    }

    private static Path path(String url) {
        return Path.of(url.startsWith("file:") ? url.substring("file:".length()) : url);
    }

    /** These, with another audio track, rate and length of frames. */
    public IngestSettings withFormat(int audioTrack, int rateHz, int millis) {
        return new IngestSettings(streamId, input, audioTrack, rateHz, millis, loop, paced, once, options);
    }

    /** These, with a file begun again at its end, or not. */
    public IngestSettings withLoop(boolean again) {
        return new IngestSettings(
                streamId, input, track, sampleRateHz, frameMillis, again, paced, once && !again, options);
    }

    /** These, with frames sent as their time comes, or as fast as the source gives them. */
    public IngestSettings withPaced(boolean inTime) {
        return new IngestSettings(streamId, input, track, sampleRateHz, frameMillis, loop, inTime, once, options);
    }

    /** These, ended with the source. */
    public IngestSettings withOnce() {
        return new IngestSettings(streamId, input, track, sampleRateHz, frameMillis, loop, paced, true, options);
    }

    /** These, with options of ffmpeg in front of the input. */
    public IngestSettings withOptions(Map<String, String> more) {
        return new IngestSettings(
                streamId, input, track, sampleRateHz, frameMillis, loop, paced, once, new LinkedHashMap<>(more));
    }
}

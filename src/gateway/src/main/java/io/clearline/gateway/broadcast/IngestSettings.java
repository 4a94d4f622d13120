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
 * What is read into a stream, and how. Immutable.
 *
 * @param streamId the key of the stream's records in Kafka
 * @param input as ffmpeg names it
 * @param track index of the audio track, from 0
 * @param sampleRateHz of the frames; ffmpeg resamples if the source has another rate
 * @param frameMillis length of the frames
 * @param loop restarts a file at its end, in the same session
 * @param paced sends each frame at its capture time; otherwise as fast as the source delivers
 * @param once ends with the source; otherwise restarts it
 * @param options of ffmpeg in front of the input, by name without the dash
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
    /** Longest wait before a source is restarted. */
    static final long MAX_BACKOFF_MILLIS = 30_000;

    private static final int DEFAULT_RATE_HZ = 48_000;
    private static final int DEFAULT_FRAME_MILLIS = 20;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** Protocols whose sources deliver in real time. */
    private static final Pattern LIVE_SCHEME =
            Pattern.compile("(srt|udp|tcp|rtp|rtsps?|rtmpt?s?):.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /**
     * Returns the default for a URL or a file: the first audio track at 48 kHz in frames of 20 ms. A file is read once
     * and in real time; a URL is restarted when it ends.
     */
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

    /** Returns whether this names a file of this machine rather than a URL. */
    public static boolean isFile(String url) {
        return url.startsWith("file:") || !SCHEME.matcher(url).matches();
    }

    /**
     * Returns whether this names a file that contains audio, rather than an SDP file that says where audio comes from.
     */
    public static boolean isRecording(String url) {
        return isFile(url) && !url.endsWith(".sdp");
    }

    /** Returns whether this names a source that delivers in real time, and whose beginning does not matter. */
    static boolean isLive(String url) {
        return LIVE_SCHEME.matcher(url).matches();
    }

    private static Path path(String url) {
        return Path.of(url.startsWith("file:") ? url.substring("file:".length()) : url);
    }

    /** Returns a copy with another audio track, sample rate and frame length. */
    public IngestSettings withFormat(int audioTrack, int rateHz, int millis) {
        return new IngestSettings(streamId, input, audioTrack, rateHz, millis, loop, paced, once, options);
    }

    /** Returns a copy that restarts a file at its end, or not. */
    public IngestSettings withLoop(boolean again) {
        return new IngestSettings(
                streamId, input, track, sampleRateHz, frameMillis, again, paced, once && !again, options);
    }

    /** Returns a copy that sends frames at their capture times, or as fast as the source delivers. */
    public IngestSettings withPaced(boolean inTime) {
        return new IngestSettings(streamId, input, track, sampleRateHz, frameMillis, loop, inTime, once, options);
    }

    /** Returns a copy that ends with the source. */
    public IngestSettings withOnce() {
        return new IngestSettings(streamId, input, track, sampleRateHz, frameMillis, loop, paced, true, options);
    }

    /** Returns a copy with options of ffmpeg in front of the input. */
    public IngestSettings withOptions(Map<String, String> more) {
        return new IngestSettings(
                streamId, input, track, sampleRateHz, frameMillis, loop, paced, once, new LinkedHashMap<>(more));
    }
}

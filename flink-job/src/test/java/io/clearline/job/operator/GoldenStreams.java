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
package io.clearline.job.operator;

import io.clearline.dsp.AudioClip;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.Signals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The streams of the golden snapshots, each cut in two where the snapshot is taken: every encoding, a resampled rate, a
 * gap, a frame that waits, and a stream that has ended. The seeds must not change, because the golden files depend on
 * them.
 */
final class GoldenStreams {
    private static final int CUT = 25;

    final List<StreamFrame> before = new ArrayList<>();
    final List<StreamFrame> after = new ArrayList<>();

    /** @param stateVersion version of the checkpoint; streams of several channels are included from version 4 on */
    GoldenStreams(int stateVersion) {
        add("pcm-16k", 16_000, AudioEncoding.PCM_S16LE, 1);
        add("mulaw-8k", 8_000, AudioEncoding.PCMU, 2);
        add("alaw-8k", 8_000, AudioEncoding.PCMA, 3);
        add("pcm-48k", 48_000, AudioEncoding.PCM_S16LE, 4);
        List<StreamFrame> gap = frames("gap", 16_000, AudioEncoding.PCM_S16LE, 5);
        gap.subList(10, 13).clear();
        cut(gap, CUT);
        List<StreamFrame> swapped = frames("swapped", 16_000, AudioEncoding.PCM_S16LE, 6);
        Collections.swap(swapped, CUT - 1, CUT);
        cut(swapped, CUT);
        List<StreamFrame> ended = frames("ended", 16_000, AudioEncoding.PCM_S16LE, 7);
        before.addAll(ended);
        after.addAll(Frames.later(ended, 60_000_000));
        if (stateVersion >= 4) {
            addStreamsOfSeveralChannels();
        }
    }

    private void addStreamsOfSeveralChannels() {
        cut(Frames.noise("stereo-48k", 48_000, 2, 1, 8), CUT);
        List<StreamFrame> swapped = Frames.noise("six-swapped", 16_000, 6, 1, 10);
        Collections.swap(swapped, CUT - 1, CUT);
        cut(swapped, CUT);
    }

    private void add(String id, int sampleRateHz, AudioEncoding encoding, long seed) {
        cut(frames(id, sampleRateHz, encoding, seed), CUT);
    }

    private void cut(List<StreamFrame> frames, int at) {
        before.addAll(frames.subList(0, at));
        after.addAll(frames.subList(at, frames.size()));
    }

    private static List<StreamFrame> frames(String id, int sampleRateHz, AudioEncoding encoding, long seed) {
        return Frames.of(id, new AudioClip(Signals.whiteNoise(sampleRateHz, 0.1, seed), sampleRateHz), encoding);
    }

    /** Returns the SHA-256 of each stream's output: sequence number, time, flags, model and samples of every frame. */
    static Map<String, String> hashes(List<EnhancedFrame> frames) throws Exception {
        Map<String, MessageDigest> digests = new TreeMap<>();
        for (EnhancedFrame frame : frames) {
            MessageDigest digest = digests.get(frame.getStreamId());
            if (digest == null) {
                digest = MessageDigest.getInstance("SHA-256");
                digests.put(frame.getStreamId(), digest);
            }
            digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(frame.getSequence())
                    .putLong(frame.getCaptureTimeMicros())
                    .array());
            digest.update((byte) (frame.getConcealed() ? 1 : 0));
            digest.update((byte) (frame.getLastOfStream() ? 1 : 0));
            digest.update((frame.getModelName() + "@" + frame.getModelVersion()).getBytes(StandardCharsets.UTF_8));
            digest.update(frame.getPayload().duplicate());
        }
        Map<String, String> hashes = new TreeMap<>();
        digests.forEach((stream, digest) -> hashes.put(stream, HexFormat.of().formatHex(digest.digest())));
        return hashes;
    }
}

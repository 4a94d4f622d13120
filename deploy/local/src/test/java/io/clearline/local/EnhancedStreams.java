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
package io.clearline.local;

import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the enhanced frames of many streams by stream id and sequence. A repeated frame must be equal to the first
 * one.
 */
final class EnhancedStreams {
    private final Map<String, TreeMap<Long, EnhancedFrame>> streams = new TreeMap<>();
    private int repeats;

    void add(EnhancedFrame frame) {
        EnhancedFrame before = streams.computeIfAbsent(frame.getStreamId(), id -> new TreeMap<>())
                .putIfAbsent(frame.getSequence(), frame);
        if (before != null) {
            repeats++;
            if (!before.equals(frame)) {
                throw new AssertionError("Frame " + frame.getSequence() + " of " + frame.getStreamId()
                        + " came twice with different content.");
            }
        }
    }

    int frames() {
        return streams.values().stream().mapToInt(Map::size).sum();
    }

    int repeats() {
        return repeats;
    }

    Collection<EnhancedFrame> stream(String id) {
        return streams.getOrDefault(id, new TreeMap<>()).values();
    }

    long ended() {
        return streams.values().stream()
                .filter(frames -> frames.lastEntry().getValue().getLastOfStream())
                .count();
    }

    float[] samples(String id) {
        int length = 0;
        for (EnhancedFrame frame : stream(id)) {
            length += frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
        }
        float[] samples = new float[length];
        int at = 0;
        for (EnhancedFrame frame : stream(id)) {
            byte[] payload = bytes(frame.getPayload());
            int count = payload.length / FrameLimits.bytesPerSample(frame.getEncoding());
            FramePayload.decode(frame.getEncoding(), payload, 0, samples, at, count);
            at += count;
        }
        return samples;
    }

    /** Returns the SHA-256 over sequences, capture times, concealment and payloads of each stream. */
    Map<String, String> hashes() {
        return hashesFrom(0);
    }

    /** As {@link #hashes()}, for the frames from a sequence on. */
    Map<String, String> hashesFrom(long sequence) {
        Map<String, String> hashes = new TreeMap<>();
        streams.forEach((id, frames) ->
                hashes.put(id, hash(frames.tailMap(sequence, true).values())));
        return hashes;
    }

    private static String hash(Collection<EnhancedFrame> frames) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (EnhancedFrame frame : frames) {
                digest.update(ByteBuffer.allocate(17)
                        .putLong(frame.getSequence())
                        .putLong(frame.getCaptureTimeMicros())
                        .put((byte) (frame.getConcealed() ? 1 : 0))
                        .flip());
                digest.update(frame.getPayload().duplicate());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

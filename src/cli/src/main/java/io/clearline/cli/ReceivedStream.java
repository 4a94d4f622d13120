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
package io.clearline.cli;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The enhanced frames of one session of a stream, in order and without repeats, which live delivery may contain. Not
 * thread-safe.
 */
public final class ReceivedStream {
    private final TreeMap<Long, EnhancedFrame> frames = new TreeMap<>();

    /**
     * Adds a frame.
     *
     * @return false if it is a repeat
     */
    public boolean add(EnhancedFrame frame) {
        return frames.putIfAbsent(frame.getSequence(), frame) == null;
    }

    /** Returns the number of distinct frames. */
    public int frames() {
        return frames.size();
    }

    /** Returns the number of frames in words: all, and those that are enhanced, dry, concealed and lost. */
    public String summary() {
        return frames() + " frames (" + enhanced() + " enhanced, " + dry() + " dry, " + concealed() + " concealed, "
                + missing() + " lost)";
    }

    /** Returns the number of frames that the model enhanced. */
    public long enhanced() {
        return frames.values().stream().filter(EnhancedFrame::getEnhanced).count();
    }

    /** Returns the number of frames that passed unchanged. */
    public long dry() {
        return frames.values().stream().filter(EnhancedFrame::getBypassed).count();
    }

    /** Returns the number of frames that replace lost audio. */
    public long concealed() {
        return frames.values().stream().filter(EnhancedFrame::getConcealed).count();
    }

    /** Returns whether the frame with the highest sequence is marked as the last one. */
    public boolean hasEnded() {
        return !frames.isEmpty() && frames.lastEntry().getValue().getLastOfStream();
    }

    /** Returns whether the last frame has been received and none is missing between the first and the last. */
    public boolean isComplete() {
        return hasEnded() && missing() == 0;
    }

    /**
     * Returns the number of missing sequences between the first frame and the last. The job conceals lost frames,
     * except for a gap longer than {@code clearline.stream.max-gap}, which it leaves open and reports by an event
     * RESET.
     */
    public long missing() {
        return frames.isEmpty() ? 0 : frames.lastKey() - frames.firstKey() + 1 - frames.size();
    }

    /**
     * Returns the audio of a stream that has one channel and one sample rate.
     *
     * @throws IllegalStateException if it has more channels, or if they or the sample rate change
     */
    public AudioClip clip() {
        List<Part> parts = parts();
        if (parts.size() != 1 || parts.get(0).channels() != 1) {
            throw new IllegalStateException("Expected a stream of one channel and one sample rate, found " + parts);
        }
        return new AudioClip(parts.get(0).interleaved(), parts.get(0).sampleRateHz());
    }

    /**
     * The audio of consecutive frames with the same sample rate and number of channels.
     *
     * @param interleaved the samples, {@code [samples x channels]}, with a full scale of 1
     */
    public record Part(float[] interleaved, int channels, int sampleRateHz) {
        @Override
        public String toString() {
            return interleaved.length / channels + " samples of " + channels + " channel(s) at " + sampleRateHz + " Hz";
        }
    }

    /** Returns the audio in parts, with a new one at each change of the sample rate or number of channels. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        List<EnhancedFrame> alike = new ArrayList<>();
        for (EnhancedFrame frame : frames.values()) {
            if (!alike.isEmpty() && !isAlike(alike.get(0), frame)) {
                parts.add(part(alike));
                alike.clear();
            }
            alike.add(frame);
        }
        if (!alike.isEmpty()) {
            parts.add(part(alike));
        }
        return parts;
    }

    private static boolean isAlike(EnhancedFrame one, EnhancedFrame other) {
        return one.getSampleRateHz() == other.getSampleRateHz() && one.getChannels() == other.getChannels();
    }

    private static Part part(List<EnhancedFrame> frames) {
        float[] samples =
                new float[frames.stream().mapToInt(ReceivedStream::samples).sum()];
        int at = 0;
        for (EnhancedFrame frame : frames) {
            byte[] payload = new byte[frame.getPayload().remaining()];
            frame.getPayload().duplicate().get(payload);
            FramePayload.decode(frame.getEncoding(), payload, 0, samples, at, samples(frame));
            at += samples(frame);
        }
        return new Part(samples, frames.get(0).getChannels(), frames.get(0).getSampleRateHz());
    }

    /** Returns the number of samples of a frame in all channels together. */
    private static int samples(EnhancedFrame frame) {
        return frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
    }
}

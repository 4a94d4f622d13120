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

/** The enhanced frames of one stream, put in order, each once: live delivery may repeat a frame. */
public final class ReceivedStream {
    private final TreeMap<Long, EnhancedFrame> frames = new TreeMap<>();

    /** Takes a frame; false when it was there already. */
    public boolean add(EnhancedFrame frame) {
        return frames.putIfAbsent(frame.getSequence(), frame) == null;
    }

    public int frames() {
        return frames.size();
    }

    /**
     * How many frames there are, and how many of them were enhanced, passed dry, replace lost audio, or are missing.
     */
    public String summary() {
        return frames() + " frames (" + enhanced() + " enhanced, " + dry() + " dry, " + concealed() + " concealed, "
                + missing() + " lost)";
    }

    /** Frames that the model cleaned. */
    public long enhanced() {
        return frames.values().stream().filter(EnhancedFrame::getEnhanced).count();
    }

    /** Frames that passed as they came in. */
    public long dry() {
        return frames.values().stream().filter(EnhancedFrame::getBypassed).count();
    }

    /** Frames that replace lost audio. */
    public long concealed() {
        return frames.values().stream().filter(EnhancedFrame::getConcealed).count();
    }

    /** Whether the last frame of the stream is there. */
    public boolean hasEnded() {
        return !frames.isEmpty() && frames.lastEntry().getValue().getLastOfStream();
    }

    /** Whether the last frame of the stream is there and none is missing from the first to it. */
    public boolean isComplete() {
        return hasEnded() && missing() == 0;
    }

    /**
     * How many numbers between the first frame and the last are missing. The job conceals what is lost; it leaves a
     * hole only where more was lost than {@code clearline.stream.max-gap}, with an event RESET.
     */
    public long missing() {
        return frames.isEmpty() ? 0 : frames.lastKey() - frames.firstKey() + 1 - frames.size();
    }

    /** The stream as a clip; it has one channel and one sample rate. */
    public AudioClip clip() {
        List<Part> parts = parts();
        if (parts.size() != 1 || parts.get(0).channels() != 1) {
            throw new IllegalStateException("Expected a stream of one channel and one sample rate, found " + parts);
        }
        return new AudioClip(parts.get(0).interleaved(), parts.get(0).sampleRateHz());
    }

    /**
     * Frames in sequence that have one sample rate and number of channels.
     *
     * @param interleaved {@code [samples x channels]}, full scale 1
     */
    public record Part(float[] interleaved, int channels, int sampleRateHz) {
        @Override
        public String toString() {
            return interleaved.length / channels + " samples of " + channels + " channel(s) at " + sampleRateHz + " Hz";
        }
    }

    /** The sound, cut where its sample rate or its number of channels changes. */
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

    /** Of all channels together. */
    private static int samples(EnhancedFrame frame) {
        return frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
    }
}

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

    /** How many frames there are, and how many of them were enhanced, passed dry, or replace lost audio. */
    public String summary() {
        long dry = frames.values().stream().filter(EnhancedFrame::getBypassed).count();
        long concealed =
                frames.values().stream().filter(EnhancedFrame::getConcealed).count();
        long enhanced =
                frames.values().stream().filter(EnhancedFrame::getEnhanced).count();
        return frames.size() + " frames (" + enhanced + " enhanced, " + dry + " dry, " + concealed + " concealed)"
                + (missing() == 0 ? "" : ", without the " + missing() + " that are missing between them,");
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

    /** The stream as a clip. */
    public AudioClip clip() {
        int length = frames.values().stream().mapToInt(ReceivedStream::samples).sum();
        float[] samples = new float[length];
        int at = 0;
        for (EnhancedFrame frame : frames.values()) {
            byte[] payload = new byte[frame.getPayload().remaining()];
            frame.getPayload().duplicate().get(payload);
            FramePayload.decode(frame.getEncoding(), payload, 0, samples, at, samples(frame));
            at += samples(frame);
        }
        return new AudioClip(samples, frames.firstEntry().getValue().getSampleRateHz());
    }

    private static int samples(EnhancedFrame frame) {
        return frame.getPayload().remaining() / FrameLimits.bytesPerSample(frame.getEncoding());
    }
}

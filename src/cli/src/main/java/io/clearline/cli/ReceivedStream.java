package io.clearline.cli;

import io.clearline.dsp.AudioClip;
import io.clearline.job.stream.FramePayload;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
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

    /** Whether the last frame of the stream is there and none is missing from the first to it. */
    public boolean isComplete() {
        return !frames.isEmpty()
                && frames.lastEntry().getValue().getLastOfStream()
                && frames.lastKey() - frames.firstKey() + 1 == frames.size();
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

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
package io.clearline.job.stream;

import io.clearline.inference.SdrMeter;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.FramePayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores the output of streams. Fails on samples that are not finite. */
public final class RecordingSink implements StreamSink {
    /** A finished frame. */
    public record Frame(
            String streamId,
            String session,
            long sequence,
            long captureTimeMicros,
            boolean concealed,
            boolean lastOfStream,
            boolean bypassed,
            AudioEncoding encoding,
            int channels,
            byte[] payload) {
        public int samples() {
            return payload.length / (FrameLimits.bytesPerSample(encoding) * channels);
        }
    }

    /** An event of a stream. */
    public record Event(String streamId, StreamEventKind kind, long sequence, int frames) {}

    /** An SDR estimate of a window. */
    public record Estimate(
            String streamId, int channel, long startMicros, long lengthMicros, SdrMeter.Estimate value) {}

    public final List<Frame> frames = new ArrayList<>();
    public final List<Event> events = new ArrayList<>();
    /** The session of each event. */
    public final List<String> sessions = new ArrayList<>();

    public final List<Estimate> estimates = new ArrayList<>();

    @Override
    public void frame(FrameHead head, float[] samples, int offset) {
        int length = head.samples * head.channels;
        requireFinite(samples, offset, length);
        byte[] payload = new byte[length * FrameLimits.bytesPerSample(head.encoding)];
        FramePayload.encode(head.encoding, samples, offset, payload, length);
        frames.add(new Frame(
                head.stream.streamId(),
                head.stream.session(),
                head.sequence,
                head.captureTimeMicros,
                head.concealed,
                head.lastOfStream,
                head.bypassed,
                head.encoding,
                head.channels,
                payload));
    }

    /** Checks samples before they are encoded, because an encoded sample can't be NaN. */
    private static void requireFinite(float[] samples, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (!Float.isFinite(samples[offset + i])) {
                throw new AssertionError("Sample " + i + " of a frame is " + samples[offset + i]);
            }
        }
    }

    @Override
    public void estimate(
            StreamSession stream, int channel, long startMicros, long lengthMicros, SdrMeter.Estimate estimate) {
        estimates.add(new Estimate(stream.streamId(), channel, startMicros, lengthMicros, estimate));
    }

    @Override
    public void event(
            StreamSession stream,
            StreamEventKind kind,
            long sequence,
            int count,
            long captureTimeMicros,
            String detail) {
        events.add(new Event(stream.streamId(), kind, sequence, count));
        sessions.add(stream.session());
    }

    public List<StreamEventKind> kinds() {
        return events.stream().map(Event::kind).toList();
    }

    public List<Long> sequences() {
        return frames.stream().map(Frame::sequence).toList();
    }

    /** Returns the sequence numbers of each session, with the sessions in the order of their first frame. */
    public Map<String, List<Long>> sequencesBySession() {
        Map<String, List<Long>> sequences = new LinkedHashMap<>();
        for (Frame frame : frames) {
            sequences
                    .computeIfAbsent(frame.session(), name -> new ArrayList<>())
                    .add(frame.sequence());
        }
        return sequences;
    }

    /** Returns the payloads of each stream in order. */
    public Map<String, List<byte[]>> payloadsByStream() {
        Map<String, List<byte[]>> payloads = new LinkedHashMap<>();
        for (Frame frame : frames) {
            payloads.computeIfAbsent(frame.streamId(), id -> new ArrayList<>()).add(frame.payload());
        }
        return payloads;
    }

    /** Returns all decoded samples of a stream. */
    public float[] samples(String streamId) {
        float[] samples = new float[frames.stream().mapToInt(Frame::samples).sum()];
        int length = 0;
        for (Frame frame : frames) {
            if (frame.streamId().equals(streamId)) {
                FramePayload.decode(frame.encoding(), frame.payload(), 0, samples, length, frame.samples());
                length += frame.samples();
            }
        }
        return Arrays.copyOf(samples, length);
    }
}

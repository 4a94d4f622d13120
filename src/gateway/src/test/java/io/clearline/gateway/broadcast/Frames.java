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

import io.clearline.gateway.media.FrameTarget;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.StreamSession;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the frames that are sent, and makes enhanced frames of known samples. */
final class Frames implements FrameTarget {
    private final List<AudioFrame> all = new CopyOnWriteArrayList<>();

    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters counters) {
        frame.setSequence(session.nextSequence());
        all.add(frame);
    }

    List<AudioFrame> all() {
        return all;
    }

    List<AudioFrame> ofSession(String name) {
        return all.stream().filter(frame -> frame.getSession().equals(name)).toList();
    }

    /** Returns the samples of all frames, interleaved. */
    short[] samples() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all.forEach(frame -> bytes.writeBytes(frame.getPayload().array()));
        return shorts(bytes.toByteArray());
    }

    static short[] shorts(byte[] bytes) {
        short[] samples = new short[bytes.length / Short.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /**
     * Returns a frame whose samples count upwards from those of the previous sequence number, and whose capture time
     * follows from its sequence number.
     */
    static EnhancedFrame enhanced(String session, long sequence, long startMicros, int channels, int frameSamples) {
        ByteBuffer payload =
                ByteBuffer.allocate(frameSamples * channels * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frameSamples * channels; i++) {
            payload.putShort((short) (sequence * frameSamples * channels + i + 1));
        }
        EnhancedFrame frame = new EnhancedFrame();
        frame.setStreamId("stream");
        frame.setSession(session);
        frame.setSequence(sequence);
        frame.setCaptureTimeMicros(startMicros + sequence * frameSamples * 1_000_000L / 48_000);
        frame.setSampleRateHz(48_000);
        frame.setEncoding(AudioEncoding.PCM_S16LE);
        frame.setChannels(channels);
        frame.setPayload(payload.flip());
        frame.setModelName("");
        frame.setModelVersion("");
        frame.setEnhanced(true);
        return frame;
    }
}

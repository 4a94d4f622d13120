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
package io.clearline.schemas.frame;

import io.clearline.dsp.HotPath;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;

/**
 * One decoded and validated frame on its way to its stream: the fields of an {@code AudioFrame} that the enhancement
 * needs, in an object that is refilled instead of allocated for every record.
 *
 * <p>Mutable and thread-confined. The owner refills the same instance, so a receiver that keeps a frame must keep a
 * copy ({@link #copyFrom}).
 */
public final class StreamFrame {
    /** Id of the stream that this frame belongs to; also the key of the Kafka record and of the Flink state. */
    public String streamId = "";

    /** Session that the sender assigned the frame to; empty if the sender assigned none. */
    public String session = "";

    public long sequence;
    /** Capture time of the first sample, in microseconds since the epoch. */
    public long captureTimeMicros;

    public int sampleRateHz;
    public AudioEncoding encoding = AudioEncoding.PCM_S16LE;
    /** Number of channels that the payload interleaves. */
    public int channels = 1;

    public boolean lastOfStream;
    /** Encoded samples; only the first {@link #payloadLength} bytes are valid. */
    public byte[] payload = new byte[0];

    public int payloadLength;

    /** Partition of the topic that the frame was read from; 0 for a frame from another source. */
    public int partition;

    /**
     * Unencoded samples that replace the payload, full scale 1, for audio of any bit depth that does not come from the
     * wire. Null if the samples are encoded in the payload.
     */
    private float[] linear;

    /** Returns the number of samples of each channel. */
    public int samples() {
        return payloadLength / (FrameLimits.bytesPerSample(encoding) * channels);
    }

    /**
     * Sets unencoded samples of one channel in place of a payload. The array is not copied: it must not change until
     * this frame is filled again.
     */
    public void setLinear(float[] samples, int length) {
        linear = samples;
        channels = 1;
        encoding = AudioEncoding.PCM_S16LE;
        payloadLength = length * FrameLimits.bytesPerSample(encoding);
    }

    /**
     * Decodes {@code length} samples of every channel, starting at sample {@code from}.
     *
     * @param out receives the interleaved samples, {@code [length x channels]}, from index 0
     */
    @HotPath
    public void decode(int from, float[] out, int length) {
        if (linear == null) {
            FramePayload.decode(encoding, payload, from * channels, out, 0, length * channels);
        } else {
            System.arraycopy(linear, from, out, 0, length);
        }
    }

    /** Sets the payload length and grows the buffer if necessary. The caller must then fill the payload. */
    public void reservePayload(int length) {
        linear = null;
        if (payload.length < length) {
            payload = new byte[length];
        }
        payloadLength = length;
    }

    /** Copies every field of {@code other}, including the content of its payload. */
    public void copyFrom(StreamFrame other) {
        streamId = other.streamId;
        session = other.session;
        sequence = other.sequence;
        captureTimeMicros = other.captureTimeMicros;
        sampleRateHz = other.sampleRateHz;
        encoding = other.encoding;
        channels = other.channels;
        lastOfStream = other.lastOfStream;
        reservePayload(other.payloadLength);
        partition = other.partition;
        linear = other.linear == null ? null : other.linear.clone();
        if (linear == null) {
            System.arraycopy(other.payload, 0, payload, 0, other.payloadLength);
        }
    }
}

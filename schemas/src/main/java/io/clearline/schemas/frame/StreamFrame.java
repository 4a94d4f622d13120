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
 * One decoded and validated frame on its way to its stream: what the enhancement needs of an {@code AudioFrame}, in a
 * form that is refilled instead of allocated anew.
 *
 * <p>Mutable and thread-confined; whoever keeps a frame keeps a copy ({@link #copyFrom}).
 */
public final class StreamFrame {
    /** The stream this frame belongs to; the key of everything. */
    public String streamId = "";

    /** The session that the sender says it belongs to; empty where the sender says nothing. */
    public String session = "";

    public long sequence;
    /** Capture time of the first sample, in microseconds since the epoch. */
    public long captureTimeMicros;

    public int sampleRateHz;
    public AudioEncoding encoding = AudioEncoding.PCM_S16LE;
    public boolean lastOfStream;
    /** Encoded samples; only the first {@link #payloadLength} bytes count. */
    public byte[] payload = new byte[0];

    public int payloadLength;

    /** The partition of the topic in which it lay; 0 of a frame that comes from elsewhere. */
    public int partition;

    /**
     * The samples themselves, in place of the payload, full scale 1: sound that never was on the wire, of any depth.
     * Null: they are coded in the payload.
     */
    private float[] linear;

    /** Number of samples in the payload. */
    public int samples() {
        return payloadLength / FrameLimits.bytesPerSample(encoding);
    }

    /** Takes samples that are not coded; they are read before the next call, and must not change until then. */
    public void setLinear(float[] samples, int length) {
        linear = samples;
        encoding = AudioEncoding.PCM_S16LE;
        payloadLength = length * FrameLimits.bytesPerSample(encoding);
    }

    /** Decodes {@code length} samples from sample {@code from} on, to the beginning of {@code out}. */
    @HotPath
    public void decode(int from, float[] out, int length) {
        if (linear == null) {
            FramePayload.decode(encoding, payload, from, out, 0, length);
        } else {
            System.arraycopy(linear, from, out, 0, length);
        }
    }

    /** Makes room for {@code length} payload bytes and sets the length; the content is then the caller's to fill. */
    public void reservePayload(int length) {
        linear = null;
        if (payload.length < length) {
            payload = new byte[length];
        }
        payloadLength = length;
    }

    /** Takes every field of {@code other}, its payload copied. */
    public void copyFrom(StreamFrame other) {
        streamId = other.streamId;
        session = other.session;
        sequence = other.sequence;
        captureTimeMicros = other.captureTimeMicros;
        sampleRateHz = other.sampleRateHz;
        encoding = other.encoding;
        lastOfStream = other.lastOfStream;
        reservePayload(other.payloadLength);
        partition = other.partition;
        linear = other.linear == null ? null : other.linear.clone();
        if (linear == null) {
            System.arraycopy(other.payload, 0, payload, 0, other.payloadLength);
        }
    }
}

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

    /** Number of samples in the payload. */
    public int samples() {
        return payloadLength / FrameLimits.bytesPerSample(encoding);
    }

    /** Makes room for {@code length} payload bytes and sets the length; the content is then the caller's to fill. */
    public void reservePayload(int length) {
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
        System.arraycopy(other.payload, 0, payload, 0, other.payloadLength);
    }
}

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
package io.clearline.dsp.audio;

import io.clearline.dsp.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes samples of one {@link SampleFormat} to floats with full scale 1. Immutable. */
final class SampleDecoder {
    private final SampleFormat format;
    private final boolean bigEndian;
    /** Whether PCM samples of one byte are unsigned, with zero at 128, as in WAV. */
    private final boolean unsignedByte;

    SampleDecoder(SampleFormat format, boolean bigEndian, boolean unsignedByte) {
        this.format = format;
        this.bigEndian = bigEndian;
        this.unsignedByte = unsignedByte;
    }

    /** Decodes the first {@code samples} samples of {@code bytes}. */
    void decode(byte[] bytes, float[] out, int samples) {
        switch (format.coding()) {
            case A_LAW -> G711.decodeALaw(bytes, 0, out, 0, samples);
            case MU_LAW -> G711.decodeMuLaw(bytes, 0, out, 0, samples);
            case FLOAT -> decodeFloat(bytes, out, samples);
            case PCM -> decodePcm(bytes, out, samples);
        }
    }

    private void decodeFloat(byte[] bytes, float[] out, int samples) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            out[i] = format.bits() == 32 ? in.getFloat() : toFloat(in.getDouble());
        }
    }

    /** Returns the nearest finite float of a finite double, and NaN or an infinity as it is. */
    private static float toFloat(double sample) {
        float nearest = (float) sample;
        return Float.isInfinite(nearest) && Double.isFinite(sample) ? Math.copySign(Float.MAX_VALUE, nearest) : nearest;
    }

    /**
     * Decodes PCM. The formats define the unused low bits of a container as zero, so the value of the container is the
     * value of the sample.
     */
    private void decodePcm(byte[] bytes, float[] out, int samples) {
        int width = format.containerBytes();
        float fullScale = Math.scalb(1f, 8 * width - 1);
        if (width == 1) {
            int zero = unsignedByte ? 128 : 0;
            for (int i = 0; i < samples; i++) {
                int value = unsignedByte ? bytes[i] & 0xff : bytes[i];
                out[i] = (value - zero) / fullScale;
            }
            return;
        }
        int first = bigEndian ? 0 : width - 1;
        int step = bigEndian ? 1 : -1;
        for (int i = 0, at = 0; i < samples; i++, at += width) {
            long value = bytes[at + first];
            for (int b = 1; b < width; b++) {
                value = value << 8 | bytes[at + first + b * step] & 0xff;
            }
            out[i] = value / fullScale;
        }
    }
}

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

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The STREAMINFO block of a FLAC file (RFC 9639, section 8.2). Immutable.
 *
 * @param minBlockSamples minimum number of samples of a channel in one frame
 * @param maxBlockSamples maximum number of samples of a channel in one frame
 * @param bits bits of a sample
 * @param totalSamples number of samples of each channel; 0 if not known
 * @param md5 checksum of the samples; all zero if not known
 */
record FlacInfo(
        int minBlockSamples,
        int maxBlockSamples,
        int sampleRateHz,
        int channels,
        int bits,
        long totalSamples,
        byte[] md5) {
    static final int BYTES = 34;

    static FlacInfo parse(ByteBuffer block) throws BadAudioException {
        long packed = block.getLong(10);
        int bits = (int) (packed >>> 36 & 0x1f) + 1;
        if (bits < 4) {
            throw new BadAudioException("its header states samples of " + bits + " bits; FLAC has 4 to 32");
        }
        return new FlacInfo(
                block.getShort(0) & 0xffff,
                block.getShort(2) & 0xffff,
                (int) (packed >>> 44),
                (int) (packed >>> 41 & 7) + 1,
                bits,
                packed & 0xfffffffffL,
                Arrays.copyOfRange(block.array(), 18, BYTES));
    }

    boolean hasMd5() {
        return !Arrays.equals(md5, new byte[16]);
    }

    int bytesPerSample() {
        return (bits + 7) / 8;
    }
}

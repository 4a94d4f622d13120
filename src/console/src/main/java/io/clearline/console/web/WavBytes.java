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
package io.clearline.console.web;

import io.clearline.console.board.AudioBlock;
import io.clearline.console.board.PairedFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Encodes one side of an {@link AudioBlock} as a 16-bit mono WAV file. Stateless. */
final class WavBytes {
    private static final int HEADER_BYTES = 44;
    private static final int BYTES_PER_SAMPLE = 2;

    private WavBytes() {}

    /**
     * Encodes a file. Missing frames of a side become silence, so that the files of both sides stay aligned.
     *
     * @param before whether to encode the side before enhancement
     */
    static byte[] of(AudioBlock block, boolean before) {
        int samples = block.frames().stream().mapToInt(PairedFrame::samples).sum();
        ByteBuffer wav =
                ByteBuffer.allocate(HEADER_BYTES + BYTES_PER_SAMPLE * samples).order(ByteOrder.LITTLE_ENDIAN);
        header(wav, block.sampleRateHz(), BYTES_PER_SAMPLE * samples);
        for (PairedFrame frame : block.frames()) {
            AudioWire.put(wav, before ? frame.before() : frame.after(), frame.samples());
        }
        return wav.array();
    }

    private static void header(ByteBuffer wav, int sampleRateHz, int dataBytes) {
        wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVEfmt "));
        wav.putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(sampleRateHz).putInt(BYTES_PER_SAMPLE * sampleRateHz);
        wav.putShort((short) BYTES_PER_SAMPLE).putShort((short) (8 * BYTES_PER_SAMPLE));
        wav.put(ascii("data")).putInt(dataBytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

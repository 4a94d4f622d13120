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
package io.clearline.dsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.dsp.audio.AudioReader;
import io.clearline.dsp.audio.AudioReaders;
import io.clearline.dsp.audio.ReadOptions;
import io.clearline.fuzzing.Limits;
import java.io.IOException;

/** Any bytes are read a block at a time in memory that does not grow with what they claim to be, FLAC above all. */
class AudioReaderFuzzTest {
    private static final int BLOCK_FRAMES = 1024;
    private static final int MAX_CHANNELS = 4096;
    /** Two of FLAC's largest frames in eight channels, the reader's buffers, and exceptions. */
    private static final long READER_BYTES = 48L << 20;

    private static final long BYTES_PER_BYTE = 16;
    /** What a file of a few bytes may stand for: a constant block, or silence in place of damage. */
    private static final long MAX_FRAMES = 200_000_000;

    @FuzzTest
    void readingABlockAtATimeTakesConstantMemory(byte[] bytes) {
        Limits.assertMemory(READER_BYTES + BYTES_PER_BYTE * bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        try (AudioReader reader = AudioReaders.open(bytes, ReadOptions.DEFAULT.alone())) {
            int channels = reader.spec().channels();
            if (channels < 1 || channels > MAX_CHANNELS) {
                throw new AssertionError(channels + " channels");
            }
            float[] block = new float[BLOCK_FRAMES * channels];
            long total = 0;
            for (int frames = reader.read(block, BLOCK_FRAMES); frames > 0; frames = reader.read(block, BLOCK_FRAMES)) {
                total += frames;
                if (total > MAX_FRAMES) {
                    throw new AssertionError("more than " + MAX_FRAMES + " samples out of " + bytes.length + " bytes");
                }
            }
        } catch (IOException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }
}

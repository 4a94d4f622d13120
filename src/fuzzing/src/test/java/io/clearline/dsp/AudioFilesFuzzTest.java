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
import io.clearline.fuzzing.Limits;
import java.io.IOException;

/**
 * The reader of WAV and FLAC files: any bytes are a clip that can be played, or an {@link IOException} that names the
 * file.
 */
class AudioFilesFuzzTest {
    /** A FLAC block of silence stands for many samples. */
    private static final long BYTES_PER_BYTE = 64L * 1024;

    private static final long DECODER_BYTES = 128L << 20;

    @FuzzTest
    void anyBytesAreAClipOrARefusal(byte[] bytes) {
        Limits.assertMemory(DECODER_BYTES + BYTES_PER_BYTE * bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        AudioClip clip;
        try {
            clip = AudioFiles.read("fuzzed", bytes);
        } catch (IOException e) {
            if (!e.getMessage().contains("fuzzed")) {
                throw new AssertionError("the message names no file", e);
            }
            return;
        }
        if (clip.sampleRateHz() < 1) {
            throw new AssertionError("a rate of " + clip.sampleRateHz() + " Hz");
        }
        for (float sample : clip.samples()) {
            if (!Float.isFinite(sample)) {
                throw new AssertionError("a sample is " + sample);
            }
        }
    }
}

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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.FuzzText;

/** Lines of ffmpeg's log, in which a stranger's stream has its say: any line is a block of samples, or none. */
class DecodedBlockFuzzTest {
    @FuzzTest
    void anyLineIsABlockOrNone(byte[] bytes) {
        DecodedBlock block = DecodedBlock.parse(FuzzText.of(bytes));
        if (block != null && (block.samples() < 0 || block.channels() < 0 || block.sampleRateHz() < 0)) {
            throw new AssertionError("less than nothing: " + block);
        }
    }
}

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
package io.clearline.gateway.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.FuzzText;

/** Keys in a session description: any lines give a key of 30 bytes, or are refused with a sentence. */
class SdesFuzzTest {
    @FuzzTest
    void anyLinesGiveAKeyOrARefusal(byte[] bytes) {
        try {
            SrtpKeys keys = SdesLines.choose(FuzzText.of(bytes).lines().toList());
            assertThat(keys.peer().base64()).hasSize(40);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("Expected ");
        }
    }
}

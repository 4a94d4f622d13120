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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterWatchTest {
    @Test
    void aDeadLetterIsPrintedWithItsPositionAndReason() {
        assertThat(DeadLetterWatch.text(List.of(letter(7)), "dead"))
                .isEqualTo("A record could not be processed and is in dead: raw partition 1 offset 7," + " "
                        + DeadReason.values()[0] + ": why");
    }

    @Test
    void ofSeveralDeadLettersTheLastIsPrinted() {
        assertThat(DeadLetterWatch.text(List.of(letter(7), letter(8), letter(9)), "dead"))
                .startsWith("3 records could not be processed and are in dead, the last: raw partition 1 offset 9, ");
    }

    private static DeadFrame letter(long offset) {
        return DeadFrame.newBuilder()
                .setTopic("raw")
                .setPartition(1)
                .setOffset(offset)
                .setReason(DeadReason.values()[0])
                .setDetail("why")
                .setBytes(ByteBuffer.allocate(0))
                .setSize(0)
                .setSha256("")
                .setTruncated(false)
                .setKeySize(0)
                .build();
    }
}

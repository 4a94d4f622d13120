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
package io.clearline.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class RowGroupsTest {

    @Test
    void theFirstGroupBeginsWithTheFirstRowAndTheLastOneEndsWithTheLast() {
        RowGroups groups = new RowGroups(104, 32, 8, 4);

        assertThat(groups.start(0)).isZero();
        assertThat(groups.start(31)).isEqualTo(96);
    }

    @Test
    void everyRowIsSeen() {
        for (int rows = 4; rows < 40; rows++) {
            for (int width = 1; width <= rows; width++) {
                for (int count = Math.max(2, (rows + width - 1) / width); count <= rows; count++) {
                    assertThat(new RowGroups(rows, count, width, 1).shares()).doesNotContain(Float.POSITIVE_INFINITY);
                }
            }
        }
    }

    @Test
    void refusesGroupsThatLeaveRowsOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowGroups(104, 12, 8, 1))
                .withMessageContaining("104 rows")
                .withMessageContaining("12 of 8");
    }

    @Test
    void refusesSectionsOfUnequalSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowGroups(104, 32, 8, 5))
                .withMessageContaining("found 5 for 32 groups");
    }
}

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
package io.clearline.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Map<FaultKind, Integer> COUNTS =
            Map.of(FaultKind.TASKMANAGER_KILL, 20, FaultKind.JOBMANAGER_KILL, 5, FaultKind.RESCALE, 4);

    @Test
    void theSameSeedGivesTheSameFaultsInTheSameOrder() {
        List<FaultKind> faults = FaultSchedule.of(COUNTS, 1);

        assertThat(faults).hasSize(29).isEqualTo(FaultSchedule.of(COUNTS, 1)).isNotEqualTo(FaultSchedule.of(COUNTS, 2));
    }

    @Test
    void thePartsOfASplitRunAddUpToTheTotal() {
        int kills = 0;
        int rescales = 0;
        for (int part = 0; part < 3; part++) {
            Map<FaultKind, Integer> share = FaultSchedule.share(COUNTS, part, 3);
            kills += share.get(FaultKind.TASKMANAGER_KILL);
            rescales += share.get(FaultKind.RESCALE);
        }
        assertThat(kills).isEqualTo(20);
        assertThat(rescales).isEqualTo(4);
    }
}

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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Deterministic sequences of faults. Stateless. */
public final class FaultSchedule {
    private FaultSchedule() {}

    /** Returns the given number of faults of each kind, shuffled by the seed. */
    public static List<FaultKind> of(Map<FaultKind, Integer> counts, long seed) {
        List<FaultKind> faults = new ArrayList<>();
        new TreeMap<>(counts).forEach((kind, count) -> {
            for (int i = 0; i < count; i++) {
                faults.add(kind);
            }
        });
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = faults.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            FaultKind kind = faults.get(i);
            faults.set(i, faults.get(other));
            faults.set(other, kind);
        }
        return faults;
    }

    /**
     * Returns the faults of one part of a run that is split into several. The counts of all parts add up to the total.
     *
     * @param counts number of faults of each kind in the whole run
     * @param part index of the part, from 0
     * @param parts number of parts
     */
    public static Map<FaultKind, Integer> share(Map<FaultKind, Integer> counts, int part, int parts) {
        Map<FaultKind, Integer> share = new TreeMap<>();
        counts.forEach((kind, count) -> share.put(kind, count * (part + 1) / parts - count * part / parts));
        return share;
    }
}

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
package io.clearline.console.board;

import java.util.LinkedHashMap;
import java.util.Map;

/** Computes the figures of a second from its totals. Stateless. */
final class Figures {
    private Figures() {}

    /** Returns the figures by name, as {@link Overview} describes them; null where a figure is undefined. */
    static Map<String, Float> of(Totals totals) {
        Map<String, Float> figures = new LinkedHashMap<>();
        int open = totals.streams.entrySet().stream()
                .filter(each -> Board.isOpen(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        figures.put("streams", (float) open);
        figures.put("in", (float) totals.in);
        figures.put("out", (float) totals.out);
        figures.put("enhanced", share(totals.enhanced, totals.out));
        figures.put("dry", share(totals.dry, totals.out));
        figures.put("concealed", share(totals.concealed, totals.out));
        figures.put("p50", percentile(totals, 50));
        figures.put("p99", percentile(totals, 99));
        figures.put("sdrIn", mean(totals.sdrInSum, totals.sdrCount));
        figures.put("sdrOut", mean(totals.sdrOutSum, totals.sdrCount));
        figures.put("dead", (float) totals.dead);
        figures.put("overloaded", (float) totals.streams.getOrDefault(StreamStatus.OVERLOADED, 0));
        return figures;
    }

    private static Float share(long part, long whole) {
        return whole == 0 ? null : (float) part / whole;
    }

    private static Float mean(double sum, long count) {
        return count == 0 ? null : (float) (sum / count);
    }

    private static Float percentile(Totals totals, double percentile) {
        return totals.latencyMillis.getTotalCount() == 0
                ? null
                : (float) totals.latencyMillis.getValueAtPercentile(percentile);
    }
}

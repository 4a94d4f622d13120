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
package io.clearline.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {
    private int recoveries;

    @Test
    void findsTheLimitFromBelowAndFromAbove() throws IOException {
        assertThat(search(200, 200).find(20).streams()).isBetween(190, 200);
        assertThat(search(200, 200).find(1000).streams()).isBetween(190, 200);
        assertThat(search(3, 3).find(1).streams()).isEqualTo(3);
    }

    @Test
    void anOverloadedJobRecoversBeforeTheNextProbe() throws IOException {
        CapacitySearch search = search(200, 200);
        search.find(1000);
        assertThat(recoveries).isEqualTo((int)
                search.probes().stream().filter(each -> !each.carried()).count());
    }

    @Test
    void aNumberThatPassesTheProbeButNotTheConfirmationIsLowered() throws IOException {
        PipelineMeasurement capacity = search(200, 180).find(100);
        assertThat(capacity.streams()).isBetween(165, 180);
        assertThat(capacity.seconds()).isEqualTo(60);
    }

    @Test
    void noCapacityIsAnError() {
        assertThatThrownBy(() -> search(0, 0).find(8)).isInstanceOf(IOException.class);
    }

    private CapacitySearch search(int carriedShort, int carriedLong) {
        return new CapacitySearch(
                (streams, whole) -> measured(streams, whole ? 60 : 8, streams <= (whole ? carriedLong : carriedShort)),
                () -> recoveries++,
                row -> {});
    }

    private static PipelineMeasurement measured(int streams, double seconds, boolean carried) {
        double p99 = carried ? 20 : 80;
        return new PipelineMeasurement(
                streams,
                seconds,
                1000,
                new Percentiles(5, 10, p99, p99, p99),
                200,
                0,
                0,
                0,
                new Percentiles(0, 0, 0, 0, 0),
                List.of(),
                new Percentiles(0, 0, 0, 0, 0),
                Map.of(),
                Map.of("kernel", 1.0, "broker", 1.0, "generator", 1.0),
                Map.of("kernel", 10.0),
                0.5,
                0.6,
                0.5,
                1,
                1);
    }
}

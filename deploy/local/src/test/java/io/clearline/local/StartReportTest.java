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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartReportTest {
    private final List<String> lines = new ArrayList<>();
    private long now;

    @Test
    void aSlowStartReportsEveryTenSecondsWhatItWaitsFor() {
        StartReport report = StartReport.to(lines::add, () -> now);
        for (int second = 0; second <= 25; second++) {
            now = Duration.ofSeconds(second).toNanos();
            report.update(() -> "the models warm up.");
        }
        assertThat(lines)
                .containsExactly(
                        "Still starting after 10 seconds: the models warm up.",
                        "Still starting after 20 seconds: the models warm up.");
    }

    @Test
    void aQuickStartReportsNothing() {
        StartReport report = StartReport.to(lines::add, () -> now);
        now = Duration.ofSeconds(9).toNanos();
        report.update(() -> {
            throw new AssertionError("no line is due yet");
        });
        assertThat(lines).isEmpty();
    }
}

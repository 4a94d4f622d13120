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
package io.clearline.lab.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.lab.ResultFile;
import io.clearline.local.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark of calls for some seconds: processes, callers, outage, report. The figures are not asserted. */
class CallsRunIT {
    private static final int CALLS = 4;
    private static final LinkFaults LINK = new LinkFaults(0.02, 30, 0.01, 14);

    @Test
    void noCallIsLostWhenTheBrokerIsKilledAndEveryFigureIsThere(@TempDir Path folder) throws Exception {
        int firstPort = Ports.free() & ~1;
        CallsMeasurement result;
        try (CallsRun run = CallsRun.start(folder, firstPort, CALLS, LINK)) {
            result = CallsMeasurement.of(run, 2, 3);
        }
        assertThat(result.sessionsLost()).isZero();
        assertThat(result.sourceChanges()).isZero();
        assertThat(result.outage().awaySeconds()).isGreaterThanOrEqualTo(3);
        assertThat(result.outage().sessions()).isEqualTo(CALLS);
        assertThat(result.outage().enhancedAfterSeconds()).isPositive();
        assertThat(result.liveHeapMegabytes()).hasSize(3).allMatch(megabytes -> megabytes > 0);
        for (CallsMeasurement.Stretch each : new CallsMeasurement.Stretch[] {
            result.before().get(0), result.after().get(0)
        }) {
            assertThat(each.sessions()).isEqualTo(CALLS);
            assertThat(each.frames()).isPositive();
            assertThat(each.mouthToEar().p99Millis()).isPositive();
            assertThat(each.gatewayMillisPerCall()).isPositive();
            assertThat(each.residentMegabytes()).isPositive();
        }
        assertThat(result.table())
                .contains("4 calls of PCMU", "In place of the job: pass-through", "Broker killed for");
        Path json = folder.resolve("calls.json");
        ResultFile.write(result, json);
        JsonNode written = new ObjectMapper().readTree(json.toFile());
        assertThat(written.get("job").asText()).isEqualTo("pass-through");
        assertThat(written.get("link").get("lossShare").asDouble()).isEqualTo(0.02);
        assertThat(written.get("machine").isObject()).isTrue();
    }
}

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
package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks the models that this source tree publishes. */
@Tag("jdk")
class PublishedModelsTest {
    private static final double MAX_DELAY_MILLIS = 40;

    private final ModelRepository published =
            new ModelRepository(Samples.home().resolve("model-store").resolve("models"));

    @Test
    void everyOneLoadsWithItsChecksumAndKeepsTheDelayOfRealTimeSpeech() throws IOException {
        assertThat(published.list()).isNotEmpty();
        for (ModelId id : published.list()) {
            EnhancementModel model = published.load(id.name() + "@" + id.version());
            assertThat(model.id()).isEqualTo(id);
            assertThat(1000.0 * model.stft().windowSamples() / model.sampleRateHz())
                    .as("delay of %s in milliseconds", id)
                    .isLessThanOrEqualTo(MAX_DELAY_MILLIS);
        }
    }

    @Test
    void liveServesTelephonyAndWideBandNatively() throws IOException {
        List<Integer> ratesHz = new ArrayList<>();
        for (ModelId id : published.resolveAll("live")) {
            ratesHz.add(published.card(id.toString()).sampleRateHz());
        }
        assertThat(ratesHz).containsExactly(16_000, 8_000);
    }

    @Test
    void everyChannelLeadsToOne() throws IOException {
        assertThat(published.channels()).containsKey("live");
        List<ModelId> all = published.list();
        published.channels().values().forEach(models -> assertThat(all).containsAll(models));
    }
}

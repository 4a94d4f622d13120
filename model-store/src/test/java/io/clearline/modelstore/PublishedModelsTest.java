package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.Samples;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.ModelId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The models that lie in the tree. */
class PublishedModelsTest {
    private static final double LONGEST_DELAY_MILLIS = 40;

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
                    .isLessThanOrEqualTo(LONGEST_DELAY_MILLIS);
        }
    }

    @Test
    void everyChannelLeadsToOne() throws IOException {
        assertThat(published.channels()).containsKey("live");
        assertThat(published.list()).containsAll(published.channels().values());
    }
}

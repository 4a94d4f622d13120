package io.clearline.training.mrf;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.training.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class MrfExperimentTest {

    @Test
    void trainedBeliefPropagationBeatsTrainedMeanFieldOnEveryTask() {
        List<MrfResult> results = new MrfExperiment(MrfPlan.quick()).run(Progress.NONE);
        assertThat(results).hasSize(6);
        for (int i = 0; i < results.size(); i += 2) {
            MrfResult meanField = results.get(i);
            MrfResult beliefs = results.get(i + 1);
            assertThat(meanField.trained().bits())
                    .isLessThan(meanField.untrained().bits());
            assertThat(beliefs.trained().bits())
                    .isLessThan(meanField.trained().bits())
                    .isGreaterThan(beliefs.exact().bits());
        }
    }

    @Test
    void thePlanDecidesEveryNumber() {
        assertThat(new MrfExperiment(MrfPlan.quick()).run(Progress.NONE))
                .isEqualTo(new MrfExperiment(MrfPlan.quick()).run(Progress.NONE));
    }
}

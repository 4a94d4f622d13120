package io.clearline.job;

import io.clearline.job.stream.StreamProcessor;
import io.clearline.testkit.HotPathRule;
import org.junit.jupiter.api.Test;

class HotPathTest {
    @Test
    void hotCodeKeepsItsPromise() {
        HotPathRule.assertKeptByTheModuleOf(StreamProcessor.class);
    }
}

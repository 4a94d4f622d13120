package io.clearline.dsp;

import io.clearline.testkit.HotPathRule;
import org.junit.jupiter.api.Test;

class HotPathTest {
    @Test
    void markedCodeAllocatesNothingAndUsesExactArithmeticOnly() {
        HotPathRule.assertKeptByTheModuleOf(Stft.class);
    }
}

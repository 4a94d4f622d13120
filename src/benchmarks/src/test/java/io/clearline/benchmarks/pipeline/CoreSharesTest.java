package io.clearline.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoreSharesTest {
    @Test
    void withFourCoresBrokerAndGeneratorHaveTheirOwn() {
        assertThat(CoreShares.of(8, 0)).isEqualTo(new CoreShares("0", "1", "2-7"));
        assertThat(CoreShares.of(8, 2)).isEqualTo(new CoreShares("0", "1", "2-3"));
    }

    @Test
    void withTwoCoresAllShareThem() {
        assertThat(CoreShares.of(2, 0)).isEqualTo(new CoreShares("", "", ""));
        assertThat(CoreShares.prefix("")).isEmpty();
    }

    @Test
    void aJobCanBeHeldToOneOfTwo() {
        assertThat(CoreShares.of(2, 1).job()).isEqualTo("0-0");
        assertThat(CoreShares.prefix("0-0")).containsExactly("taskset", "-c", "0-0");
    }
}

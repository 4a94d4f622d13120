package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    @Test
    void aLineOfTheLogTellsWhatIsDoneAndWhatIsLeft() {
        long twoMinutes = Duration.ofMinutes(2).toNanos();

        assertThat(TerminalProgress.line("Training live-16k", 100, 500, twoMinutes, "loss -6.10"))
                .isEqualTo("Training live-16k: 100 of 500, 8 min left, loss -6.10");
        assertThat(TerminalProgress.line("Corpus", 1, 2, twoMinutes, "")).isEqualTo("Corpus: 1 of 2, 2 min left");
    }
}

package io.clearline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class KernelTableTest {

    @Test
    void everyKernelHasARowForEveryBatch() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        KernelTable.print(new PrintStream(text), 0.001);
        assertThat(text.toString().lines().filter(line -> line.matches("(vector|scalar|ejml) .*")))
                .hasSize(12);
    }
}

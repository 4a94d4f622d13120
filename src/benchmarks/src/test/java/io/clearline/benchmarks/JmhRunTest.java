package io.clearline.benchmarks;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.Main;

/** JMH by command, with the arguments of {@code -Djmh="..."}; see this module's README. */
@Tag("jmh")
class JmhRunTest {
    @Test
    void run() throws Exception {
        Main.main(System.getProperty("jmh", "-l").trim().split("\\s+"));
    }
}

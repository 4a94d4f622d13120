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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.job.JobOptions;
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.CommittedText;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in other languages, with client libraries that are not ours, write what {@code enhance} writes.
 * Libraries that are not there are installed below {@code target}; where that fails too, the test is skipped and says
 * so.
 */
class ExamplesIT {
    private static final Path EXAMPLES = CommittedText.home().resolve("schemas/examples");
    private static final Path LIBRARIES = CommittedText.home().resolve("src/cli/target/examples");

    @TempDir
    private static Path folder;

    private static LocalPlatform platform;
    private static Path source;
    private static List<AudioClip> expected;

    @BeforeAll
    static void enhance() throws IOException {
        AudioClip left = AudioFiles.read(Samples.speech().get(0));
        float[] interleaved = new float[2 * left.samples().length];
        for (int i = 0; i < left.samples().length; i++) {
            interleaved[2 * i] = left.samples()[i];
            interleaved[2 * i + 1] = left.samples()[left.samples().length - 1 - i];
        }
        source = Files.createDirectories(folder.resolve("in")).resolve("call.wav");
        AudioFiles.writeWav(source, interleaved, 2, left.sampleRateHz());
        assertThat(Clearline.commandLine().execute("enhance", source.toString(), "--out", folder.toString()))
                .isZero();
        expected = AudioFiles.readChannels(folder.resolve("call.wav"));
        platform = LocalPlatform.start(null, 0, 2, 2, 0);
        // The examples send as fast as they can, and what is compared are bits.
        Configuration options = new Configuration()
                .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        platform.submit(options, new ModelOptions().shipped(), 2);
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void thePythonExampleWritesWhatEnhanceWrites() throws Exception {
        assertEnhances(python(), EXAMPLES.resolve("enhance.py"));
    }

    @Test
    void theNodeExampleWritesWhatEnhanceWrites() throws Exception {
        assumeTrue(run("node", "--version") == 0, "The Node example was not run: there is no node.");
        if (!Files.exists(LIBRARIES.resolve("node_modules"))) {
            Files.createDirectories(LIBRARIES);
            assumeTrue(
                    run("npm", "install", "--silent", "--prefix", LIBRARIES.toString(), "kafkajs", "avsc") == 0,
                    "The Node example was not run: npm can't install kafkajs and avsc.");
        }
        assertEnhances("node", EXAMPLES.resolve("enhance.js"));
    }

    /** Debian's own Python knows Debian's packages of libraries, another one may not. */
    private static String python() throws Exception {
        String own = LIBRARIES.resolve("python/bin/python").toString();
        for (String python : List.of("python3", "/usr/bin/python3", own)) {
            if (run(python, "-c", "import confluent_kafka, avro.schema, avro.io") == 0) {
                return python;
            }
        }
        boolean installed =
                run("python3", "-m", "venv", LIBRARIES.resolve("python").toString()) == 0
                        && run(own, "-m", "pip", "install", "-q", "confluent-kafka", "avro") == 0;
        assumeTrue(
                installed,
                "The Python example was not run: no Python here has confluent-kafka and avro, and pip can't install them.");
        return own;
    }

    private static void assertEnhances(String interpreter, Path example) throws Exception {
        Path target = folder.resolve(interpreter.replaceAll(".*/", "") + ".wav");
        assertThat(run(
                        interpreter,
                        example.toString(),
                        platform.bootstrapServers(),
                        source.toString(),
                        target.toString()))
                .as(Files.readString(log(), StandardCharsets.UTF_8))
                .isZero();
        List<AudioClip> channels = AudioFiles.readChannels(target);
        assertThat(channels).hasSize(2);
        for (int channel = 0; channel < 2; channel++) {
            assertThat(channels.get(channel).samples())
                    .isEqualTo(expected.get(channel).samples());
        }
    }

    /** Exit code of a program that is looked for on the path; -1 where there is none, or it takes too long. */
    private static int run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("NODE_PATH", LIBRARIES.resolve("node_modules").toString());
        builder.redirectErrorStream(true).redirectOutput(log().toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return -1;
        }
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private static Path log() {
        return folder.resolve("log.txt");
    }
}

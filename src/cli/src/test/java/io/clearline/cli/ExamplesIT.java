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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.job.JobOptions;
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the examples in other languages, which use foreign client libraries, write what {@code enhance} writes.
 */
class ExamplesIT {
    @TempDir
    private static Path folder;

    private static LocalPlatform platform;
    private static Path source;
    private static List<AudioClip> expected;

    private final OtherLanguages languages = new OtherLanguages(folder);

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
        // The examples send faster than in real time, and bits are compared, so nothing may depend on the clock.
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
        assertEnhances(languages.python(), OtherLanguages.EXAMPLES.resolve("enhance.py"));
    }

    @Test
    void theNodeExampleWritesWhatEnhanceWrites() throws Exception {
        languages.requireNode("kafkajs", "avsc");
        assertEnhances("node", OtherLanguages.EXAMPLES.resolve("enhance.js"));
    }

    private void assertEnhances(String interpreter, Path example) throws Exception {
        Path target = folder.resolve(interpreter.replaceAll(".*/", "") + ".wav");
        int code = languages.run(
                interpreter, example.toString(), platform.bootstrapServers(), source.toString(), target.toString());
        assertThat(code).as(languages.errors()).isZero();
        List<AudioClip> channels = AudioFiles.readChannels(target);
        assertThat(channels).hasSize(2);
        for (int channel = 0; channel < 2; channel++) {
            assertThat(channels.get(channel).samples())
                    .isEqualTo(expected.get(channel).samples());
        }
    }
}

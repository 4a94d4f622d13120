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
package io.clearline.cli.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.cli.audio.AudioInputs.Input;
import io.clearline.cli.audio.FileEnhancer.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that every file of a run is reported, whatever happens to the thread that enhances it. */
class EnhanceRunTest {
    private static final List<Path> FILES = List.of(Path.of("a.wav"), Path.of("b.wav"), Path.of("c.wav"));

    private final List<String> failures = new ArrayList<>();

    @Test
    void everyFileFailsWithAReasonIfTheMemoryIsExhausted() throws InterruptedException {
        run(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(failures).hasSize(3).allMatch(why -> why.contains("fewer --jobs") && why.contains("-Xmx"));
    }

    @Test
    void everyFileFailsWithAReasonIfTheProgramIsBroken() throws InterruptedException {
        run(() -> {
            throw new NoClassDefFoundError("io/clearline/Missing");
        });
        assertThat(failures).hasSize(3).allMatch(why -> why.contains("io/clearline/Missing"));
    }

    @Test
    void everyFileFailsWithAReasonIfThereIsNoModel() throws InterruptedException {
        run(() -> {
            throw new UncheckedIOException(new IOException("no model \"x\""));
        });
        assertThat(failures).containsExactlyInAnyOrder("no model \"x\"", "no model \"x\"", "no model \"x\"");
    }

    private void run(Runnable breaks) throws InterruptedException {
        EnhanceRun.Listener listener = new EnhanceRun.Listener() {
            @Override
            public void done(Path file, Path target, Outcome outcome) {
                throw new AssertionError(file + " can't be done");
            }

            @Override
            public void failed(Path file, String why) {
                failures.add(why);
            }
        };
        EnhanceRun run = new EnhanceRun(
                each -> {
                    breaks.run();
                    return null;
                },
                listener);
        run.run(FILES.stream().map(file -> new Input(file, file)).toList(), FILES, 2);
    }
}

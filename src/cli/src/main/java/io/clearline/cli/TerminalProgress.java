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

import io.clearline.training.Progress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with the time left on a terminal; a line a minute on standard error in a log or a pipe. The launcher
 * tells which.
 */
public final class TerminalProgress implements Progress, AutoCloseable {
    private static final long LINE_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final boolean terminal = Boolean.getBoolean("clearline.terminal");
    private ProgressBar bar;
    private String task;
    private long steps;
    private long done;
    private long startNanos;
    private long lineNanos;

    @Override
    public void begin(String name, long count) {
        end();
        task = name;
        steps = count;
        done = 0;
        startNanos = System.nanoTime();
        lineNanos = startNanos;
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
    }

    @Override
    public void step(String message) {
        done++;
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(message);
        } else if (System.nanoTime() - lineNanos > LINE_EVERY_NANOS) {
            lineNanos = System.nanoTime();
            System.err.println(line(task, done, steps, lineNanos - startNanos, message));
        }
    }

    /** What a log says of work that goes on; negative steps are not known. */
    static String line(String task, long done, long steps, long nanos, String message) {
        if (steps < 0) {
            return task + ": " + done + (message.isBlank() ? "" : ", " + message);
        }
        double minutesLeft = nanos / 60e9 / done * (steps - done);
        return String.format(
                Locale.ROOT,
                "%s: %d of %d, %.0f min left%s",
                task,
                done,
                steps,
                Math.ceil(minutesLeft),
                message.isBlank() ? "" : ", " + message);
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}

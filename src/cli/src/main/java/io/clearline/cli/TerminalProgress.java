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
 * Reports progress as a bar with the remaining time on a terminal, and otherwise as a line a minute on standard error.
 * The launcher sets {@code clearline.terminal}. Not thread-safe.
 */
public final class TerminalProgress implements Progress, AutoCloseable {
    private static final long LINE_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final boolean terminal = Boolean.getBoolean("clearline.terminal");
    private ProgressBar bar;
    private String task;
    private long steps;
    private long done;
    private long startNanos;
    private long lastLineNanos;

    @Override
    public void begin(String name, long count) {
        end();
        task = name;
        steps = count;
        done = 0;
        startNanos = System.nanoTime();
        lastLineNanos = startNanos;
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
        } else if (System.nanoTime() - lastLineNanos > LINE_INTERVAL_NANOS) {
            lastLineNanos = System.nanoTime();
            System.err.println(line(task, done, steps, lastLineNanos - startNanos, message));
        }
    }

    /**
     * Returns the line for a log.
     *
     * @param done number of steps done, at least 1
     * @param steps number of all steps; negative if it is not known
     * @param nanos time since the beginning
     */
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

package io.clearline.cli;

import io.clearline.training.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal, nothing in a log or a pipe. The launcher tells which. */
final class TerminalProgress implements Progress, AutoCloseable {
    private final boolean terminal = Boolean.getBoolean("clearline.terminal");
    private ProgressBar bar;

    @Override
    public void begin(String task, long steps) {
        end();
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
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(message);
        }
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

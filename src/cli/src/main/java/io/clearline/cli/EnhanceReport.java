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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.cli.audio.EnhanceRun;
import io.clearline.cli.audio.FileEnhancer.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reports the result of each file, as progress, as a line of JSON, or only if it failed, and a summary at the end. Not
 * thread-safe; {@link EnhanceRun} serialises its calls.
 */
final class EnhanceReport implements EnhanceRun.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean json;
    private final TerminalProgress progress = new TerminalProgress();
    private final List<String> failures = new ArrayList<>();
    private int done;
    private int partial;
    private double seconds;
    private final boolean showsProgress;
    private boolean toPipe;

    EnhanceReport(PrintWriter out, PrintWriter err, int files, boolean quiet, boolean json) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
        this.json = json;
        showsProgress = !quiet && !json && files > 1;
        if (showsProgress) {
            progress.begin("Enhancing", files);
        }
    }

    @Override
    public void done(Path file, Path target, Outcome outcome) {
        done++;
        seconds += outcome.seconds();
        toPipe = target == null;
        if (!outcome.whole()) {
            partial++;
            err.println("clearline: interrupted; the first " + String.format(Locale.ROOT, "%.1f", outcome.seconds())
                    + " s of " + file + " are in " + target);
        }
        if (json) {
            printJson(file, target, outcome);
        } else if (!quiet) {
            outcome.warnings().forEach(warning -> err.println("clearline: warning: " + file + ": " + warning));
            if (showsProgress) {
                progress.step(String.valueOf(file.getFileName()));
            }
        }
    }

    private void printJson(Path file, Path target, Outcome outcome) {
        ObjectNode line = JSON.createObjectNode();
        line.put("input", file.toString());
        line.put("output", String.valueOf(target));
        line.put("whole", outcome.whole());
        line.put("seconds", outcome.seconds());
        line.put("frames", outcome.frames());
        line.put("sampleRateHz", outcome.spec().sampleRateHz());
        line.put("channels", outcome.spec().channels());
        line.put("format", outcome.spec().format().toString());
        outcome.warnings().forEach(line.putArray("warnings")::add);
        out.println(line);
        out.flush();
    }

    /** Prints a warning that is not about one file. */
    void warning(String sentences) {
        err.println("clearline: warning: " + sentences);
        err.flush();
    }

    @Override
    public void failed(Path file, String why) {
        failures.add(file + ": " + why);
        if (json) {
            out.println(JSON.createObjectNode().put("input", file.toString()).put("error", why));
            out.flush();
        }
        err.println("clearline: " + file + " can't be enhanced: " + why);
    }

    /**
     * Prints the summary.
     *
     * @param target folder of the results; null for none
     * @return the exit code
     */
    int end(Path target) {
        progress.close();
        if (!quiet && !json && !toPipe && done > partial) {
            out.println("Enhanced " + count(done - partial) + String.format(Locale.ROOT, " (%.1f s)", seconds)
                    + (target == null ? "" : " into " + target));
        }
        if (failures.size() > 0 && done + failures.size() > 1) {
            err.println("clearline: " + count(failures.size()) + " could not be enhanced:");
            failures.forEach(failure -> err.println("  " + failure));
        }
        err.flush();
        return failures.isEmpty() && partial == 0 ? 0 : 1;
    }

    private static String count(int files) {
        return files + (files == 1 ? " file" : " files");
    }
}

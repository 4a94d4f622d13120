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
package io.clearline.training.corpus;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A system program that builds the corpus. Immutable.
 *
 * @param program name of the executable
 * @param debianPackage package that contains it, for error messages
 */
record Tool(String program, String debianPackage) {
    /** Thrown if a program ended with a non-zero exit status. */
    static final class ToolFailure extends IOException {
        private static final long serialVersionUID = 1L;

        ToolFailure(String message) {
            super(message);
        }
    }

    static final Tool APT_GET = new Tool("apt-get", "apt");
    static final Tool SHELL = new Tool("sh", "dash");
    static final Tool PERL = new Tool("perl", "perl-base");
    static final Tool DPKG_QUERY = new Tool("dpkg-query", "dpkg");
    static final Tool FESTIVAL = new Tool("festival", "festival");
    static final Tool FLITE = new Tool("flite", "flite");
    static final Tool ESPEAK = new Tool("espeak-ng", "espeak-ng");
    static final Tool FFMPEG = new Tool("ffmpeg", "ffmpeg");

    /** Runs the program as {@link #run(Path, List)} does, with the arguments in two lists. */
    String run(Path directory, List<String> arguments, List<String> more) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return run(directory, all);
    }

    /**
     * Runs the program without standard input and waits for it.
     *
     * @return its output, including standard error
     * @throws ToolFailure if its exit status is not zero; the message contains its output
     * @throws IOException if it cannot be started or the thread is interrupted
     */
    String run(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "The program " + program + " cannot be started (" + e.getMessage()
                            + "). On Debian and Ubuntu, install it with: apt-get install " + debianPackage,
                    e);
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new ToolFailure(
                        String.join(" ", command) + " ended with exit status " + code + ": " + printed.strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program + " was running", e);
        }
        return printed;
    }
}

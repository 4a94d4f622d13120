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
package io.clearline.docs;

import io.clearline.cli.Clearline;
import io.clearline.cli.Program;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A shell session in a scratch folder, in which {@code clearline} is the launcher of the tree. The ports in documents
 * are replaced by free ones, so that a run does not disturb other programs on the machine. Not thread-safe.
 */
final class Session implements AutoCloseable {
    private static final int STOP_TIMEOUT_SECONDS = 30;
    private static final int TAIL_LINES = 12;
    private static final int BLOCK_TIMEOUT_MINUTES = 10;
    private static final int POLL_MILLIS = 250;
    private static final List<Integer> DOCUMENTED_PORTS = List.of(9092, 8081, 8090, 9249, 8091, 9090, 8080, 5004, 5006);

    private final Path folder;
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final List<Process> background = new ArrayList<>();
    private int blocks;

    Session(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        for (int port : DOCUMENTED_PORTS) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.put(port, free.getLocalPort());
            }
        }
        for (String name : List.of("model-store", "deploy", "schemas")) {
            Files.createSymbolicLink(folder.resolve(name), CommittedText.home().resolve(name));
        }
        Path launcher = Files.createDirectories(folder.resolve("bin")).resolve("clearline");
        Files.writeString(launcher, launcher());
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("Can't make " + launcher + " executable.");
        }
    }

    /** Returns a script that adds this session's ports to a command that names none. */
    private String launcher() {
        String kafka = Program.of(new Clearline(), () -> false).getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
                .filter(Session::hasDefaultKafka)
                .map(command -> "'" + command.getCommandSpec().qualifiedName().replaceFirst("clearline ", "") + " '*")
                .distinct()
                .collect(Collectors.joining("|"));
        return """
                #!/bin/sh
                case "$*" in
                    *--bootstrap-servers*) ;;
                    'up'*) set -- "$@" --kafka-port %d --web-port %d --console %d ;;
                    %s) set -- "$@" --bootstrap-servers localhost:%d ;;
                esac
                case "$*" in
                    'gateway '*) set -- "$@" --http %d ;;
                esac
                exec '%s/clearline' "$@"
                """.formatted(
                        ports.get(9092),
                        ports.get(8081),
                        ports.get(8090),
                        kafka,
                        ports.get(9092),
                        ports.get(8091),
                        CommittedText.home());
    }

    private static boolean hasDefaultKafka(CommandLine command) {
        var option = command.getCommandSpec().findOption("--bootstrap-servers");
        return option != null && option.defaultValue() != null;
    }

    /**
     * Executes a block and waits for its end.
     *
     * @return the last lines of its output
     * @throws IOException if it fails or takes too long; the message contains the last lines of its output
     */
    String run(CommandBlock block) throws IOException, InterruptedException {
        Path output = output();
        Process process = start(block, output);
        if (!process.waitFor(BLOCK_TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            end(process);
            throw new IOException("took longer than " + BLOCK_TIMEOUT_MINUTES + " minutes: " + tail(output));
        }
        if (process.exitValue() != 0) {
            throw new IOException("ended with exit code " + process.exitValue() + ": " + tail(output));
        }
        return tail(output);
    }

    /**
     * Starts a block in the background, and waits until its output contains the text that the document names.
     *
     * @return the last lines of its output
     * @throws IOException if it ends, or the text does not appear in time
     */
    String startInBackground(CommandBlock block) throws IOException, InterruptedException {
        Path output = output();
        Process process = start(block, output);
        background.add(process);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(BLOCK_TIMEOUT_MINUTES);
        while (!Files.readString(output).contains(block.detail())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("did not print \"" + block.detail() + "\": " + tail(output));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return tail(output);
    }

    private Process start(CommandBlock block, Path output) throws IOException {
        String text = block.text();
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            text = text.replaceAll(
                    "\\b" + port.getKey() + "\\b", port.getValue().toString());
        }
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", text)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
        return builder.start();
    }

    private Path output() throws IOException {
        return Files.writeString(folder.resolve("block-" + ++blocks + ".log"), "");
    }

    private static String tail(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    @Override
    public void close() {
        background.forEach(Session::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

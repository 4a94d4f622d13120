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
package io.clearline.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with this JVM's class path, which can be started, ended, killed, frozen and started again. Its
 * output goes to one log file, all its lives in one. POSIX systems only. One thread uses it.
 */
public final class JvmProcess implements AutoCloseable {
    /** The option that sends a JVM's log to its standard output, and so to its file. */
    public static final String LOGGING = "-Dlog4j2.configurationFile=io/clearline/lab/cluster/log4j2-child.xml";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final Set<String> MODULE_OPTIONS =
            Set.of("--add-opens", "--add-exports", "--enable-native-access", "--sun-misc-unsafe-memory-access");
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final List<String> command;
    private Process process;
    private boolean frozen;

    /**
     * Describes a process; {@link #start} starts it.
     *
     * @param folder where its log goes, as NAME.log
     * @param classPath with {@link ChildMain} in it
     * @param jvmOptions such as -Xmx256m
     * @param main the class to run, then its arguments
     */
    public JvmProcess(String name, Path folder, String classPath, List<String> jvmOptions, List<String> main) {
        this(name, folder, classPath, List.of(), jvmOptions, main);
    }

    /**
     * As {@link #JvmProcess(String, Path, String, List, List)}.
     *
     * @param starter the command that starts it, such as taskset with its arguments; may be empty
     */
    public JvmProcess(
            String name,
            Path folder,
            String classPath,
            List<String> starter,
            List<String> jvmOptions,
            List<String> main) {
        this.name = name;
        this.log = folder.resolve(name + ".log");
        this.command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inheritedOptions());
        command.add("-Djava.awt.headless=true");
        if (jvmOptions.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            command.add("-XX:+UseSerialGC");
        }
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, ChildMain.class.getName()));
        command.addAll(main);
    }

    /** What a JVM of this version needs, and the vector module where there is one. */
    private static List<String> inheritedOptions() {
        List<String> options = new ArrayList<>();
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            int end = argument.indexOf('=');
            if (end > 0 && MODULE_OPTIONS.contains(argument.substring(0, end))) {
                options.add(argument);
            }
        }
        if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
            options.add("--add-modules=" + VECTOR_MODULE);
        }
        return options;
    }

    /** The class path of this JVM, in absolute paths. */
    public static String ownClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Starts the JVM; returns before it is ready for anything. */
    public void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already, as process " + process.pid() + ".");
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        frozen = false;
    }

    public String name() {
        return name;
    }

    /** Of the life that runs now, or ran last. */
    public long pid() {
        return process.pid();
    }

    /** Processor time so far, of all its threads. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(name + " has ended, see " + log + "."));
    }

    /**
     * Asks the JVM something.
     *
     * @param question as {@code jcmd} has it, such as {@code GC.run} for a full collection
     */
    public String jcmd(String question) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process run = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (run.waitFor() != 0) {
                throw new IOException(name + " does not answer jcmd " + question + ": " + answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + name + " was looked at", e);
        }
        return answer;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Where its output is. */
    public Path log() {
        return log;
    }

    /** SIGKILL: no shutdown hook, no flush, no farewell. Waits until the process is gone. */
    public void kill() throws IOException {
        if (isAlive()) {
            process.destroyForcibly();
            awaitExit(EXIT_PATIENCE);
        }
    }

    /** SIGTERM, and SIGKILL when that takes too long. */
    public void terminate() throws IOException {
        if (isAlive()) {
            thaw();
            process.destroy();
            if (!exitedWithin(EXIT_PATIENCE)) {
                kill();
            }
        }
    }

    /** SIGSTOP: alive to the network, dead to everyone who waits for an answer. */
    public void freeze() throws IOException {
        signal("STOP");
        frozen = true;
    }

    /** SIGCONT. Does nothing to a process that is not frozen. */
    public void thaw() throws IOException {
        if (frozen && isAlive()) {
            signal("CONT");
        }
        frozen = false;
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        try {
            int code = kill.waitFor();
            if (code != 0) {
                throw new IOException("kill -" + signal + " " + process.pid() + " (" + name + ") ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + name + " was sent " + signal, e);
        }
    }

    private void awaitExit(Duration patience) throws IOException {
        if (!exitedWithin(patience)) {
            throw new IOException(
                    name + ", process " + process.pid() + ", still runs " + patience.toSeconds() + " s after SIGKILL.");
        }
    }

    private boolean exitedWithin(Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the end of " + name, e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}

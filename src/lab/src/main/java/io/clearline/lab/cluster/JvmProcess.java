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
 * A child JVM that can be started, terminated, killed, frozen and restarted. It inherits the module options of this
 * JVM. The output of all its runs is appended to one log file. POSIX systems only. Thread-confined.
 */
public final class JvmProcess implements AutoCloseable {
    /** The JVM option that logs to standard output, and thereby to the log file of the process. */
    public static final String LOGGING = "-Dlog4j2.configurationFile=io/clearline/lab/cluster/log4j2-child.xml";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final Set<String> MODULE_OPTIONS =
            Set.of("--add-opens", "--add-exports", "--enable-native-access", "--sun-misc-unsafe-memory-access");
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final List<String> command;
    private Process process;
    private boolean frozen;

    /**
     * Prepares a process; {@link #start} starts it.
     *
     * @param folder folder of the log, which is named NAME.log
     * @param classPath class path of the JVM; contains {@link ChildMain}
     * @param jvmOptions options of the JVM, such as -Xmx256m; the serial collector is the default
     * @param main name of the class to run, then its arguments
     */
    public JvmProcess(String name, Path folder, String classPath, List<String> jvmOptions, List<String> main) {
        this(name, folder, classPath, List.of(), jvmOptions, main);
    }

    /**
     * Prepares a process that another command starts; see {@link #JvmProcess(String, Path, String, List, List)}.
     *
     * @param starter command in front of {@code java}, such as taskset with its arguments; may be empty
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

    /** Returns the module options of this JVM, and the vector module if the JDK has it. */
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

    /** Returns the class path of this JVM in absolute paths. */
    public static String ownClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * Starts the JVM without waiting until it is ready.
     *
     * @throws IllegalStateException if it runs already
     */
    public void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name + " already runs as process " + process.pid() + "; end it first.");
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

    /** Returns the process id of the current run, or of the last one. */
    public long pid() {
        return process.pid();
    }

    /**
     * Returns the processor time of all threads in the current run.
     *
     * @throws IllegalStateException if the process has ended
     */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "The processor time of " + name + " is unknown: it has ended, see " + log + "."));
    }

    /**
     * Runs a diagnostic command in the JVM.
     *
     * @param request a command of {@code jcmd}, such as {@code GC.run} for a full collection
     * @return the output of the command
     */
    public String jcmd(String request) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process run = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), request)
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (run.waitFor() != 0) {
                throw new IOException("jcmd " + request + " failed in " + name + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while jcmd " + request + " ran in " + name, e);
        }
        return output;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Returns the log file with the output of all runs. */
    public Path log() {
        return log;
    }

    /** Sends SIGKILL, so that no shutdown hook runs and nothing is flushed, and waits until the process is gone. */
    public void kill() throws IOException {
        if (isAlive()) {
            process.destroyForcibly();
            awaitExit(EXIT_TIMEOUT);
        }
    }

    /** Sends SIGTERM, and SIGKILL if the process does not end in time. */
    public void terminate() throws IOException {
        if (isAlive()) {
            thaw();
            process.destroy();
            if (!exitedWithin(EXIT_TIMEOUT)) {
                kill();
            }
        }
    }

    /** Sends SIGSTOP: connections stay open, but the process answers nothing until {@link #thaw}. */
    public void freeze() throws IOException {
        signal("STOP");
        frozen = true;
    }

    /** Sends SIGCONT to a frozen process; does nothing otherwise. */
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
            throw new IOException("Interrupted while sending SIG" + signal + " to " + name, e);
        }
    }

    private void awaitExit(Duration timeout) throws IOException {
        if (!exitedWithin(timeout)) {
            throw new IOException(
                    name + " (process " + process.pid() + ") still runs " + timeout.toSeconds() + " s after SIGKILL.");
        }
    }

    private boolean exitedWithin(Duration timeout) throws IOException {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
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

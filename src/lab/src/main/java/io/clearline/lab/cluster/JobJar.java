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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/** The shaded jar of the job, submitted in the same way as {@code flink run} does. Immutable. */
final class JobJar {
    private static final Path BUILT = Path.of("flink-job/target/clearline-job.jar");
    private static final String OWN_OPTIONS = "clearline.";
    private static final String FLINK = "org.apache.flink.";

    /** Flink's own packages, without the Kafka connector: the jar bundles one, and this JVM has another. */
    private static final List<String> FLINK_PACKAGES = List.of(
            "annotation.",
            "api.",
            "client.",
            "configuration.",
            "connector.base.",
            "connector.datagen.",
            "contrib.",
            "core.",
            "datastream.",
            "events.",
            "management.",
            "metrics.",
            "queryablestate.",
            "runtime.",
            "shaded.",
            "state.",
            "streaming.",
            "traces.",
            "types.",
            "util.");

    private final Path file;

    private JobJar(Path file) {
        this.file = file;
    }

    /**
     * Returns the jar of this build.
     *
     * @throws IOException if it was not built
     */
    static JobJar built() throws IOException {
        Path jar =
                Path.of(System.getProperty("clearline.home", "")).resolve(BUILT).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IOException("No job jar at " + jar + ". Build it with: ./mvnw -pl flink-job -am package");
        }
        return new JobJar(jar);
    }

    /**
     * Returns the jar of another build.
     *
     * @throws IOException if there is no such file
     */
    static JobJar at(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("No job jar at " + file + ". Give the path of a built clearline-job.jar.");
        }
        return new JobJar(file.toAbsolutePath());
    }

    Path file() {
        return file;
    }

    /** Copies the jar into a folder, as a new release comes as another file. */
    JobJar copyTo(Path folder) throws IOException {
        return new JobJar(Files.copy(file, Files.createDirectories(folder).resolve(file.getFileName())));
    }

    /**
     * Runs the main method of the jar and returns the job graph that it defined.
     *
     * @param options options of Flink and of the job; the latter are passed on the command line
     * @param state the checkpoint or savepoint from which the job starts
     * @throws IOException if the main method fails
     */
    JobGraph graph(Configuration options, int parallelism, SavepointRestoreSettings state) throws IOException {
        try (PackagedProgram program = PackagedProgram.newBuilder()
                .setJarFile(file.toFile())
                .setArguments(arguments(options).toArray(String[]::new))
                .setConfiguration(stockClassLoading(options))
                .setSavepointRestoreSettings(state)
                .build()) {
            JobGraph graph = PackagedProgramUtils.createJobGraph(program, options, parallelism, false);
            graph.setSavepointRestoreSettings(state);
            return graph;
        } catch (ProgramInvocationException e) {
            throw new IOException("The main method of " + file + " defined no job: " + e.getMessage(), e);
        }
    }

    /** Returns the job's own options as command-line arguments. */
    static List<String> arguments(Configuration options) {
        List<String> arguments = new ArrayList<>();
        options.toMap().forEach((key, value) -> {
            if (key.startsWith(OWN_OPTIONS)) {
                arguments.add("--" + key);
                arguments.add(value);
            }
        });
        return arguments;
    }

    /**
     * Returns options that load only Flink's own packages from this JVM. The main method of the jar then finds the same
     * classes as in a stock Flink, although this JVM has more on its class path.
     */
    private static Configuration stockClassLoading(Configuration options) {
        Configuration client = new Configuration(options);
        client.set(
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS,
                client.get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS).stream()
                        .flatMap(pattern ->
                                pattern.equals(FLINK) ? FLINK_PACKAGES.stream().map(FLINK::concat) : Stream.of(pattern))
                        .toList());
        return client;
    }
}

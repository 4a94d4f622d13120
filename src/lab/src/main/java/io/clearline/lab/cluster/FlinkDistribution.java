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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the Flink processes: a stock Flink plus {@link ChildMain}, which ends a process when its parent is
 * gone. The job is not on it; it is submitted as a jar. Immutable.
 */
public final class FlinkDistribution {
    private static final Path LIB = Path.of("deploy/flink/target/lib");

    private final List<Path> jars;

    private FlinkDistribution(List<Path> jars) {
        this.jars = List.copyOf(jars);
    }

    /**
     * Returns the distribution that the build assembled.
     *
     * @throws IOException if it was not built
     */
    public static FlinkDistribution built() throws IOException {
        Path lib =
                Path.of(System.getProperty("clearline.home", "")).resolve(LIB).toAbsolutePath();
        if (!Files.isDirectory(lib)) {
            throw new IOException(
                    "No Flink distribution at " + lib + ". Build it with: ./mvnw -pl deploy/flink package");
        }
        try (Stream<Path> files = Files.list(lib)) {
            return new FlinkDistribution(files.sorted().toList());
        }
    }

    /** Returns this distribution with another jar in front of all others. */
    public FlinkDistribution with(Path jar) {
        return new FlinkDistribution(
                Stream.concat(Stream.of(jar), jars.stream()).toList());
    }

    /**
     * Returns the class path as {@code java -cp} takes it.
     *
     * @param folder the folder to which {@link ChildMain} is copied
     */
    String classPath(Path folder) throws IOException {
        String name = ChildMain.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.getParent());
        try (var in = ChildMain.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return Stream.concat(Stream.of(folder.toAbsolutePath()), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}

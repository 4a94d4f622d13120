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

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the examples in other languages. Missing libraries are installed below {@code target}. */
final class OtherLanguages {
    static final Path EXAMPLES = CommittedText.home().resolve("schemas/examples");
    static final Path LIBRARIES = CommittedText.home().resolve("src/cli/target/examples");

    private final Path output;
    private final Path errors;

    /** @param folder folder for the output of the programs */
    OtherLanguages(Path folder) {
        output = folder.resolve("output.txt");
        errors = folder.resolve("errors.txt");
    }

    /** Skips the test with a reason if Node or one of its packages is not available. */
    void requireNode(String... packages) throws Exception {
        assumeTrue(run("node", "--version") == 0, "The Node example was not run: there is no node.");
        List<String> missing = new ArrayList<>();
        for (String each : packages) {
            if (!Files.exists(LIBRARIES.resolve("node_modules").resolve(each))) {
                missing.add(each);
            }
        }
        if (!missing.isEmpty()) {
            Files.createDirectories(LIBRARIES);
            List<String> install =
                    new ArrayList<>(List.of("npm", "install", "--silent", "--prefix", LIBRARIES.toString()));
            install.addAll(missing);
            assumeTrue(
                    run(install.toArray(String[]::new)) == 0,
                    "The Node example was not run: npm can't install " + missing + ".");
        }
    }

    /**
     * Returns a Python that has the client libraries, and installs them if necessary. Debian's own Python is tried as
     * well, since only that one finds libraries in Debian's packages.
     */
    String python() throws Exception {
        String own = LIBRARIES.resolve("python/bin/python").toString();
        for (String python : List.of("python3", "/usr/bin/python3", own)) {
            if (run(python, "-c", "import confluent_kafka, avro.schema, avro.io") == 0) {
                return python;
            }
        }
        boolean installed =
                run("python3", "-m", "venv", LIBRARIES.resolve("python").toString()) == 0
                        && run(own, "-m", "pip", "install", "-q", "confluent-kafka", "avro") == 0;
        assumeTrue(
                installed,
                "The Python example was not run: no Python here has confluent-kafka and avro, and pip can't install"
                        + " them.");
        return own;
    }

    /** Runs a program of the path, and returns its exit code; -1 if it does not exist or takes too long. */
    int run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("NODE_PATH", LIBRARIES.resolve("node_modules").toString());
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return -1;
        }
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Returns the standard output of the last program. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** Returns the standard error of the last program. */
    String errors() throws IOException {
        return Files.readString(errors);
    }
}

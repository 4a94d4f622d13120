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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the JVM options of the launcher. The {@code java} of the tests is a script that prints its arguments. */
@Tag("jdk")
class LauncherTest {
    @TempDir
    private Path folder;

    /** Creates an installed Clearline and a fake Java 17. */
    @BeforeEach
    void install() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/lib")).getParent();
        for (String library : List.of("clearline-cli", "clearline-inference", "picocli-1", "flink-1")) {
            Files.createFile(home.resolve("lib/" + library + ".jar"));
        }
        Files.copy(
                CommittedText.home().resolve("clearline"),
                home.resolve("clearline"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
    }

    @Test
    void enhancingFilesTakesNoMoreHeapThanItNeeds() throws Exception {
        assertThat(launch("", "enhance", "a.wav", "-o", "out"))
                .contains("-XX:+UseSerialGC", "-Xmx192m", "jdk.incubator.vector")
                .endsWith("io.clearline.cli.Clearline", "enhance", "a.wav", "-o", "out");
    }

    @Test
    void theJobHasTheHeapOfTheMachine() throws Exception {
        assertThat(launch("", "job"))
                .contains("-XX:+UseParallelGC", "-XX:MetaspaceSize=128m")
                .noneMatch(option -> option.startsWith("-Xmx"));
    }

    @Test
    void theJvmsWarningAboutACdsArchiveOfAnotherBuildIsSuppressed() throws Exception {
        Files.writeString(
                folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\nMODULES=\"java.base jdk.incubator.vector\"\n");

        List<String> options = launch("", "model");

        assertThat(options).contains("-XX:+AutoCreateSharedArchive");
        assertThat(options.indexOf("-Xlog:disable")).isLessThan(options.indexOf("-Xlog:cds*=off:stderr"));
    }

    @Test
    void theConsoleUsesLittleProcessorTimeBesideTheJob() throws Exception {
        assertThat(launch("", "console")).contains("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");
    }

    @Test
    void theUsersHeapAndCollectorReplaceTheLaunchers() throws Exception {
        List<String> options = launch("-Xmx1g -XX:+UseG1GC", "enhance", "a.wav");
        assertThat(options).contains("-XX:+UseG1GC").doesNotContain("-XX:+UseSerialGC");
        assertThat(options.indexOf("-Xmx1g")).isGreaterThan(options.indexOf("-Xmx192m"));
    }

    @Test
    void commandsThatOnlyPrintTextStartFast() throws Exception {
        for (String argument : List.of("--help", "help")) {
            assertThat(launch("", argument)).as(argument).contains("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        }
        for (String argument : List.of("--version", "-V")) {
            Path libraries = folder.resolve("home/lib");
            assertThat(launch("", argument))
                    .as(argument)
                    .contains("-Xint", "-XX:+UseSerialGC")
                    .contains(String.join(
                            ":",
                            libraries.resolve("clearline-cli.jar").toString(),
                            libraries.resolve("clearline-inference.jar").toString(),
                            libraries.resolve("picocli-1.jar").toString()));
        }
    }

    /** Java crashes if one of its own files becomes descriptor 0, 1 or 2. */
    @Test
    void closedDescriptorsAreOpenForJavaButOfNoUse() throws Exception {
        Path java = folder.resolve("jdk/bin/java");
        Path seen = folder.resolve("seen");
        Files.writeString(
                java,
                "#!/bin/sh\n(: 3<&0) && (: 3>&1) && (: 3>&2) && echo open >" + seen + "\n"
                        + "read line || echo unread >>" + seen + "\n"
                        + "(echo lost) || echo unwritten >>" + seen + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", "exec sh " + folder.resolve("home/clearline") + " enhance - <&- >&- 2>&-");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().keySet().removeAll(List.of("CLEARLINE_MODULE", "CLEARLINE_MAIN", "CLEARLINE_JAVA_OPTS"));
        builder.start().waitFor();
        assertThat(seen).hasContent("open\nunread\nunwritten");
    }

    private List<String> launch(String options, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", folder.resolve("home/clearline").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("CLEARLINE_JAVA_OPTS", options);
        builder.environment().keySet().removeAll(List.of("CLEARLINE_MODULE", "CLEARLINE_MAIN"));
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}

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

import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.verify.Issue;
import io.clearline.kafka.verify.StreamResult;
import io.clearline.kafka.verify.TopicVerifier;
import io.clearline.kafka.verify.Verifier;
import io.clearline.kafka.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearline verify}: verifies from the topics alone that a job lost, doubled and altered no frame. */
@Command(
        name = "verify",
        description = "Compare the enhanced frames of each stream with the raw ones, and report frames that are lost,"
                + " duplicated, out of order or of the wrong length. The command only reads, and can run during"
                + " a job or afterwards.")
final class VerifyCommand implements Callable<Integer> {
    private static final int MAX_SHOWN_ISSUES = 20;
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    @Option(names = "--input", paramLabel = "TOPIC", description = "Topic of raw frames (default: PREFIX.frames.raw).")
    private String input;

    @Option(
            names = "--output",
            paramLabel = "TOPIC",
            description = "Topic of enhanced frames (default: PREFIX.frames.enhanced).")
    private String output;

    @Option(
            names = "--mode",
            defaultValue = "replay",
            description =
                    "replay: every frame exactly once; live: at least once, with the same bytes each time (default:"
                            + " ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "Verify only streams whose whole id matches (default: all).")
    private String streams;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "The --json FILE of another run over the same input; every stream must have the same SHA-256.")
    private Path expect;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the whole report to this file.")
    private Path json;

    @Within(min = 0)
    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Missing frames count as lost when no record has come for this time (default:"
                    + " ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        Map<String, StreamResult> expected =
                expect == null ? Map.of() : VerifyReport.read(expect).results();
        kafka.requireReachable();
        Verifier verifier = new Verifier(mode, stream -> stream.matches(streams)).withRegistry(kafka.registry());
        read(verifier);
        VerifyReport report = verifier.finish(expected);
        if (json != null) {
            report.write(json);
        }
        print(report, expected.size());
        return report.ok() && report.frames() > 0 ? 0 : 1;
    }

    private void read(Verifier verifier) throws IOException {
        String in = input == null ? kafka.topics().rawFrames() : input;
        String out = output == null ? kafka.topics().enhancedFrames() : output;
        long lastNanos = System.nanoTime();
        long reportNanos = lastNanos;
        try (TopicVerifier topics = new TopicVerifier(verifier, kafka.bootstrapServers(), in, out, kafka.settings())) {
            while (true) {
                long now = System.nanoTime();
                if (topics.poll() > 0) {
                    lastNanos = now;
                } else if (verifier.missing() == 0 && verifier.framesIn() > 0 && topics.isAtEnd()
                        || now - lastNanos > Duration.ofSeconds(patienceSeconds).toNanos()) {
                    return;
                }
                if (now - reportNanos > REPORT_INTERVAL.toNanos()) {
                    reportNanos = now;
                    System.err.printf(
                            "%,d frames in, %,d out, %,d missing ...%n",
                            verifier.framesIn(), verifier.framesOut(), verifier.missing());
                }
            }
        }
    }

    private void print(VerifyReport report, int compared) {
        List<Issue> issues = report.issues();
        issues.stream().limit(MAX_SHOWN_ISSUES).forEach(System.out::println);
        if (issues.size() > MAX_SHOWN_ISSUES) {
            System.out.println("... and more" + (json == null ? "; --json FILE writes all of them" : ", see " + json));
        }
        System.out.printf(
                "%,d frames of %,d streams: %,d lost, %,d doubled, %,d out of order, %,d of wrong length, %,d"
                        + " unexpected, %,d unreadable; %,d repeats, %,d of them different; %,d concealed; %,d records"
                        + " were not decodable.%n",
                report.frames(),
                report.streams(),
                report.lost(),
                report.doubled(),
                report.outOfOrder(),
                report.sampleCounts(),
                report.unexpected(),
                report.unreadable(),
                report.repeats(),
                report.repeatsThatDiffer(),
                report.concealed(),
                report.undecodable());
        if (compared > 0) {
            System.out.printf(
                    "SHA-256 compared for %,d streams: %,d differ (%,d frames).%n",
                    compared, report.hashMismatches(), report.altered());
        }
        if (report.frames() == 0) {
            System.out.println("The input topic has no frames to verify.");
        }
    }
}

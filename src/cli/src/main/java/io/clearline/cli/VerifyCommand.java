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

/** Proves from outside that a job lost nothing, doubled nothing and changed nothing. */
@Command(
        name = "verify",
        description =
                "Hold the enhanced frames against the raw ones, stream by stream: nothing lost, nothing doubled, in"
                        + " order, every sample there. Reads only; run it beside a job or after it.")
final class VerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final Duration NEWS = Duration.ofSeconds(5);

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
            description = "replay: every frame exactly once; live: at least once, the same bytes each time (default:"
                    + " ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "Only streams whose whole id matches (default: all).")
    private String streams;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "The --json FILE of another run over the same input: every stream must have its SHA-256.")
    private Path expect;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything found to this file.")
    private Path json;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "A frame is lost when no record of any kind came for so long (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        Map<String, StreamResult> expected =
                expect == null ? Map.of() : VerifyReport.read(expect).results();
        kafka.requireReachable();
        Verifier verifier = new Verifier(mode, stream -> stream.matches(streams)).reading(kafka.registry());
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
        long newsNanos = lastNanos;
        try (TopicVerifier topics = new TopicVerifier(verifier, kafka.bootstrapServers(), in, out, kafka.settings())) {
            while (true) {
                long now = System.nanoTime();
                if (topics.poll() > 0) {
                    lastNanos = now;
                } else if (verifier.missing() == 0 && verifier.framesIn() > 0 && topics.isAtEnd()
                        || now - lastNanos > Duration.ofSeconds(patienceSeconds).toNanos()) {
                    return;
                }
                if (now - newsNanos > NEWS.toNanos()) {
                    newsNanos = now;
                    System.err.printf(
                            "%,d frames in, %,d out, %,d missing ...%n",
                            verifier.framesIn(), verifier.framesOut(), verifier.missing());
                }
            }
        }
    }

    private void print(VerifyReport report, int compared) {
        List<Issue> issues = report.issues();
        issues.stream().limit(SHOWN).forEach(System.out::println);
        if (issues.size() > SHOWN) {
            System.out.println("... and more" + (json == null ? "; --json FILE writes them down" : ", see " + json));
        }
        System.out.printf(
                "%,d frames of %,d streams: %,d lost, %,d doubled, %,d out of order, %,d of wrong length, %,d unexpected,"
                        + " %,d unreadable; %,d repeats, %,d of them different; %,d concealed; %,d records were no frames.%n",
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
            System.out.println("There is nothing to verify in the input topic.");
        }
    }
}

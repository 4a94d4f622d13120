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

import io.clearline.gateway.broadcast.Ingest;
import io.clearline.gateway.broadcast.IngestSettings;
import io.clearline.gateway.kafka.FrameProducer;
import io.clearline.gateway.kafka.WaitingFrameTarget;
import io.clearline.gateway.media.StreamIds;
import io.clearline.kafka.FrameSender;
import io.clearline.schemas.FrameLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clearline ingest}: reads any input of ffmpeg and writes it to Kafka as one stream. */
@Command(
        name = "ingest",
        description = {
            "Read any input of ffmpeg (HLS, SRT, RTMP, RTP, Icecast, a file) as a stream with all its channels.",
            "A source that ends is restarted after 0.5 to 30 s as a new session; a file is played once."
        })
final class IngestCommand implements Callable<Integer> {
    /** Audio that is older than this when Kafka is available again is dropped. */
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final int MAX_FRAME_MILLIS = 60;

    private static final int MIN_RATE_HZ = 8000;
    private static final int MAX_RATE_HZ = 48_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "URL or file of the source.")
    private String url;

    @Option(names = "--stream", required = true, paramLabel = "ID", description = "Id of the stream.")
    private String stream;

    @Option(names = "--loop", description = "Repeat a file at its end; the capture time continues.")
    private boolean loop;

    @Option(names = "--once", description = "Exit at the end of the source instead of restarting it.")
    private boolean once;

    @Within(min = 0)
    @Option(
            names = "--track",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of the audio track, from 0 (default: ${DEFAULT-VALUE}).")
    private int track;

    @Within(min = MIN_RATE_HZ, max = MAX_RATE_HZ)
    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "48000",
            description = "Sample rate of the stream (default: ${DEFAULT-VALUE}).")
    private int rateHz;

    @Within(min = 1, max = MAX_FRAME_MILLIS)
    @Option(
            names = "--frame-millis",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Length of a frame, from 1 to 60 (default: ${DEFAULT-VALUE}).")
    private int frameMillis;

    @Option(
            names = "--speed",
            paramLabel = "1|max",
            description = "1: in real time, the default for files; max: as fast as the source delivers.")
    private String speed;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "ffmpeg option for the input, such as protocol_whitelist=file,udp,rtp for an SDP;" + " repeatable.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print events and figures as lines of JSON on standard output.")
    private boolean json;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        IngestSettings settings = settings();
        BroadcastRun.requireFfmpeg();
        BroadcastReport report = new BroadcastReport(
                spec.commandLine().getOut(), spec.commandLine().getErr(), stream, json);
        if ("max".equals(speed) && IngestSettings.isRecording(url)) {
            // A file is read no faster than Kafka accepts it, so nothing is dropped.
            runBackPressured(settings, report);
        } else {
            runLive(settings, report);
        }
        return 0;
    }

    private IngestSettings settings() {
        if (url.isEmpty()) {
            throw invalid("Expected a URL or file, found an empty text.");
        }
        if (!StreamIds.isAllowed(stream)) {
            throw invalid("Expected --stream of 1 to 200 letters, digits and . _ : @ / + -, found \"" + stream + "\".");
        }
        if (Arrays.stream(FrameLimits.sampleRatesHz()).noneMatch(each -> each == rateHz)) {
            throw invalid("Expected --rate one of " + Arrays.toString(FrameLimits.sampleRatesHz()) + ", found " + rateHz
                    + ".");
        }
        if (speed != null && !speed.equals("1") && !speed.equals("max")) {
            throw invalid("Expected --speed 1 or max, found " + speed + ".");
        }
        if (loop && !IngestSettings.isRecording(url)) {
            throw invalid("--loop is for files; other sources are restarted automatically.");
        }
        IngestSettings settings = IngestSettings.of(stream, url)
                .withFormat(track, rateHz, frameMillis)
                .withOptions(options)
                .withLoop(loop);
        settings = speed == null ? settings : settings.withPaced(speed.equals("1"));
        return once ? settings.withOnce() : settings;
    }

    private ParameterException invalid(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private void runLive(IngestSettings settings, BroadcastReport report) throws IOException {
        String topic = kafka.topics().rawFrames();
        BroadcastRun.warnWithoutKafka(kafka, topic, report);
        FrameProducer producer =
                new FrameProducer(kafka.bootstrapServers(), topic, kafka.settings(), kafka.headers(), MAX_AGE);
        Ingest ingest = new Ingest(settings, producer, report::event);
        report.start(ingest::status);
        producer.start();
        BroadcastRun.run(
                () -> {
                    try (report;
                            producer) {
                        ingest.run();
                    }
                },
                ingest::stop);
    }

    private void runBackPressured(IngestSettings settings, BroadcastReport report) throws IOException {
        String topic = kafka.topics().rawFrames();
        kafka.requireTopics(topic);
        FrameSender sender = new FrameSender(kafka.bootstrapServers(), topic, kafka.settings(), kafka.headers());
        Ingest ingest = new Ingest(settings, new WaitingFrameTarget(sender), report::event);
        report.start(ingest::status);
        BroadcastRun.run(
                () -> {
                    try (report;
                            sender) {
                        ingest.run();
                        sender.flush();
                    }
                },
                ingest::stop);
    }
}

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

import io.clearline.gateway.broadcast.Egress;
import io.clearline.gateway.broadcast.EgressSettings;
import io.clearline.gateway.broadcast.OutputArguments;
import io.clearline.gateway.kafka.EnhancedConsumer;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.time.Duration;
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

/** {@code clearline egress}: writes an enhanced stream to any output of ffmpeg. */
@Command(
        name = "egress",
        description = {
            "Write an enhanced stream to any output of ffmpeg (RTP, SRT, RTMP, Icecast, a file), in real time.",
            "Missing and late frames are replaced by silence of the same length. An output that ends is restarted."
        })
final class EgressCommand implements Callable<Integer> {
    private static final int MAX_BUFFER_MILLIS = 10_000;

    /** The position in the topic at which reading begins. */
    private enum From {
        BEGINNING,
        NOW
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "URL or file of the output.")
    private String url;

    @Option(names = "--stream", required = true, paramLabel = "ID", description = "Id of the stream.")
    private String stream;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            description = "ffmpeg's codec (default: 16-bit samples for RTP, Opus for Icecast, AAC for SRT and RTMP).")
    private String codec;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "ffmpeg's container (default: rtp, ogg, mpegts or flv by the URL; for a file, by its name).")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "ffmpeg option for the output, such as sdp_file=out.sdp or b:a=128k; repeatable.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--overwrite", description = "Overwrite an existing file.")
    private boolean overwrite;

    @Option(names = "--once", description = "Exit at the end of the session instead of waiting for the next one.")
    private boolean once;

    @Option(
            names = "--from",
            defaultValue = "now",
            paramLabel = "WHERE",
            description = "now: only new frames; beginning: all frames of the topic (default: ${DEFAULT-VALUE}).")
    private From from;

    @Within(min = 0, max = MAX_BUFFER_MILLIS)
    @Option(
            names = "--buffer",
            paramLabel = "MS",
            defaultValue = "200",
            description = "Length of the jitter buffer: the longest delay of a frame relative to the first one"
                    + " (default: ${DEFAULT-VALUE}).")
    private int bufferMillis;

    @Option(
            names = "--speed",
            paramLabel = "1|max",
            defaultValue = "1",
            description = "1: in real time; max: as soon as frames come, for files (default: ${DEFAULT-VALUE}).")
    private String speed;

    @Option(names = "--json", description = "Print events and figures as lines of JSON on standard output.")
    private boolean json;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        requireValidOptions();
        BroadcastRun.requireFfmpeg();
        OutputArguments output = OutputArguments.of(url, new OutputArguments.Wishes(codec, format, options, overwrite));
        EgressSettings settings = EgressSettings.of(stream, output)
                .withPaced(speed.equals("1"))
                .withBuffer(Duration.ofMillis(bufferMillis));
        BroadcastReport report = new BroadcastReport(
                spec.commandLine().getOut(), spec.commandLine().getErr(), stream, json);
        run(once ? settings.withOnce() : settings, report);
        return 0;
    }

    private void requireValidOptions() {
        if (url.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Expected a URL or file, found an empty text.");
        }
        if (!speed.equals("1") && !speed.equals("max")) {
            throw new ParameterException(spec.commandLine(), "Expected --speed 1 or max, found " + speed + ".");
        }
    }

    private void run(EgressSettings settings, BroadcastReport report) throws IOException {
        String topic = kafka.topics().enhancedFrames();
        BroadcastRun.warnWithoutKafka(kafka, topic, report);
        Egress egress = new Egress(settings, report::event);
        EnhancedConsumer consumer = new EnhancedConsumer(
                kafka.bootstrapServers(),
                topic,
                kafka.settings(),
                WireCodec.enhancedFrame().withRegistry(kafka.registry()),
                egress,
                from == From.BEGINNING);
        report.start(egress::status);
        consumer.start();
        BroadcastRun.run(
                () -> {
                    try (report;
                            consumer) {
                        egress.run();
                    }
                },
                egress::stop);
    }
}

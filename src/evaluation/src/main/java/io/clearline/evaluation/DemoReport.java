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
package io.clearline.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of the demo showed: for people as {@code report.html}, for programs as {@code report.json}.
 *
 * @param streams at least one
 * @param latency from Kafka to Kafka
 * @param frames frames that went in
 * @param deadLetters records that were refused
 * @param gaps holes in the sequences that were concealed
 * @param model name and version
 * @param machine processor, cores, operating system
 * @param jdk vendor and version
 * @param howMeasured a sentence each
 */
public record DemoReport(
        List<Stream> streams,
        LatencyMillis latency,
        long frames,
        long deadLetters,
        long gaps,
        String model,
        String machine,
        String jdk,
        List<String> howMeasured) {

    /** Time from a frame's arrival in the input topic to its enhanced frame in the output topic. */
    public record LatencyMillis(double p50, double p99) {}

    /**
     * Files beside the report, as paths relative to it with forward slashes.
     *
     * @param clean null where there is none
     * @param picture null where there is none
     */
    public record Media(String noisy, String enhanced, String clean, String picture) {}

    /**
     * One stream's source and scores.
     *
     * @param language such as "Catalan"
     * @param source what was mixed, such as "ca_tuxpaint_00 + vinyl hiss"
     * @param encoding such as PCM_S16LE
     * @param sdrEstimatedDb the job's own estimate of the output SDR, without the reference; NaN without one
     */
    public record Stream(
            String id,
            String language,
            String source,
            int sampleRateHz,
            String encoding,
            Scores scores,
            double sdrEstimatedDb,
            Media media) {}

    public DemoReport {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one stream");
        }
        streams = List.copyOf(streams);
        howMeasured = List.copyOf(howMeasured);
    }

    /** The mean over the streams. */
    public double meanSdrGainDb() {
        return mean(stream -> stream.scores().sdrGainDb());
    }

    /** Mean of |estimated - true| output SDR over the streams that have an estimate; NaN when none has. */
    public double meanEstimateErrorDb() {
        return mean(stream -> Math.abs(stream.sdrEstimatedDb() - stream.scores().sdrOutDb()));
    }

    /** Mean over the streams where the value is a number. */
    double mean(ToDoubleFunction<Stream> value) {
        return streams.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Writes {@code report.html} and {@code report.json} into the folder, which must exist.
     *
     * @param console address of a console that shows these streams, such as http://127.0.0.1:8090; null: there is none
     */
    public void write(Path folder, String console) throws IOException {
        Files.writeString(folder.resolve("report.html"), toHtml(console));
        Files.writeString(folder.resolve("report.json"), toJson());
    }

    /**
     * One self-contained page; only sound and pictures lie beside it.
     *
     * @param console that it links to; null: the page says how to open one
     */
    public String toHtml(String console) {
        return new DemoReportPage(this, console).html();
    }

    /**
     * Keys as the components above, in camel case without units: SDR in dB, latency in milliseconds; null for what was
     * not measured.
     */
    public String toJson() {
        ObjectNode root = Json.object();
        ArrayNode nodes = root.putArray("streams");
        streams.forEach(stream -> put(nodes.addObject(), stream));
        Json.number(root, "meanSdrGain", meanSdrGainDb());
        Json.number(root, "meanEstimateError", meanEstimateErrorDb());
        ObjectNode latencyNode = root.putObject("latencyMillis");
        Json.number(latencyNode, "p50", latency.p50());
        Json.number(latencyNode, "p99", latency.p99());
        root.put("frames", frames).put("deadLetters", deadLetters).put("gaps", gaps);
        root.put("model", model).put("machine", machine).put("jdk", jdk);
        ArrayNode sentences = root.putArray("howMeasured");
        howMeasured.forEach(sentences::add);
        return Json.text(root);
    }

    private static void put(ObjectNode node, Stream stream) {
        Scores scores = stream.scores();
        node.put("id", stream.id()).put("language", stream.language()).put("source", stream.source());
        node.put("sampleRateHz", stream.sampleRateHz()).put("encoding", stream.encoding());
        Json.number(node, "inputSnr", scores.inputSnrDb());
        Json.number(node, "sdrIn", scores.sdrInDb());
        Json.number(node, "sdrOut", scores.sdrOutDb());
        Json.number(node, "sdrGain", scores.sdrGainDb());
        Json.number(node, "sdrEstimated", stream.sdrEstimatedDb());
        Json.number(node, "siSdrIn", scores.siSdrInDb());
        Json.number(node, "siSdrOut", scores.siSdrOutDb());
        Json.number(node, "stoiIn", scores.stoiIn());
        Json.number(node, "stoiOut", scores.stoiOut());
        Media media = stream.media();
        node.putObject("media")
                .put("noisy", media.noisy())
                .put("enhanced", media.enhanced())
                .put("clean", media.clean())
                .put("picture", media.picture());
    }
}

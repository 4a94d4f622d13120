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
 * The results of one run of the demo, written as {@code report.html} for readers and {@code report.json} for programs.
 * Immutable.
 *
 * @param streams the streams, at least one
 * @param latency latency from the input topic to the output topic
 * @param frames number of frames sent
 * @param deadLetters number of records that the job rejected
 * @param gaps number of gaps in the sequences that the job concealed
 * @param model name and version of the model
 * @param machine processor, cores and operating system
 * @param jdk vendor and version of the JDK
 * @param howMeasured explanations of the measurements, one sentence each
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

    /** Percentiles of the time from the arrival of a frame in the input topic to its answer in the output topic. */
    public record LatencyMillis(double p50, double p99) {}

    /**
     * The files of a stream, as paths relative to the report, with forward slashes.
     *
     * @param noisy audio before enhancement
     * @param enhanced audio after enhancement
     * @param clean the clean speech; null for none
     * @param picture the spectrograms; null for none
     */
    public record Media(String noisy, String enhanced, String clean, String picture) {}

    /**
     * The source and the scores of one stream.
     *
     * @param language spoken language, such as "Catalan"
     * @param source the recordings that were mixed, such as "ca_tuxpaint_00 + vinyl hiss"
     * @param encoding encoding of the frames, such as PCM_S16LE
     * @param sdrEstimatedDb output SDR as estimated by the job, without the clean speech; NaN for none
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

    /** Returns the mean SDR gain over the streams. */
    public double meanSdrGainDb() {
        return mean(stream -> stream.scores().sdrGainDb());
    }

    /** Returns the mean absolute error of the estimated output SDR over the streams with an estimate; NaN for none. */
    public double meanEstimateErrorDb() {
        return mean(stream -> Math.abs(stream.sdrEstimatedDb() - stream.scores().sdrOutDb()));
    }

    /** Returns the mean over the streams whose value is finite; NaN when there is none. */
    double mean(ToDoubleFunction<Stream> value) {
        return streams.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Writes {@code report.html} and {@code report.json} into an existing folder.
     *
     * @param console URL of a console that shows these streams, such as http://127.0.0.1:8090; null for none
     */
    public void write(Path folder, String console) throws IOException {
        Files.writeString(folder.resolve("report.html"), toHtml(console));
        Files.writeString(folder.resolve("report.json"), toJson());
    }

    /**
     * Returns the report as a page that is self-contained except for audio and images.
     *
     * @param console URL of the console to link to; with null the page explains how to open one
     */
    public String toHtml(String console) {
        return new DemoReportPage(this, console).html();
    }

    /**
     * Returns the report as JSON. The keys are those of the components without the unit; ratios are in dB and latencies
     * in milliseconds. A value that was not measured is null.
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

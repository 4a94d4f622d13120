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

import io.clearline.evaluation.DemoReport.Media;
import io.clearline.evaluation.DemoReport.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Renders a {@link DemoReport} as HTML: first the figures, then audio and spectrograms of each stream, then how it was
 * measured. Thread-confined; an instance renders one page.
 */
final class DemoReportPage {
    private final DemoReport report;
    /** The URL of the console; null for none. */
    private final String console;

    private final StringBuilder html = new StringBuilder();

    DemoReportPage(DemoReport report, String console) {
        this.report = report;
        this.console = console;
    }

    String html() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Clearline demo</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>Clearline demo</h1>\n");
        line(
                "<p class=\"lead\">%d noisy streams through Kafka and Flink, enhanced by %s.</p>",
                report.streams().size(), escaped(report.model()));
        console();
        figures();
        table();
        line("<h2>Listen and look</h2>");
        report.streams().forEach(this::stream);
        measured();
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void console() {
        if (console == null) {
            line("<p class=\"note\">To see and hear the streams while they play, run"
                    + " <code>clearline demo --console 8090</code> and open the address that it prints.</p>");
        } else {
            line(
                    "<p>See and hear the streams in <a href=\"%s/#/streams\">the console</a>, while it runs.</p>",
                    escaped(console));
        }
    }

    private void figures() {
        line("<dl class=\"figures\">");
        figure(signed(report.meanSdrGainDb()) + " dB", "mean SDR gain");
        figure(Json.fixed(report.meanEstimateErrorDb(), 1) + " dB", "mean error of the estimated SDR");
        figure(
                Json.fixed(report.latency().p50(), 0) + " / "
                        + Json.fixed(report.latency().p99(), 0) + " ms",
                "latency p50 / p99");
        figure(String.format(Locale.ROOT, "%,d", report.frames()), "frames");
        figure(Long.toString(report.deadLetters()), "dead letters");
        figure(Long.toString(report.gaps()), "gaps");
        line("</dl>");
    }

    private void figure(String value, String name) {
        line("<div><dt>%s</dt><dd>%s</dd></div>", name, value);
    }

    private void table() {
        line("<div class=\"scroll\"><table>\n<thead><tr><th>Stream</th><th>Language</th><th>Audio</th><th>SDR"
                + " in</th><th>SDR out</th>"
                + "<th>Gain</th><th>Estimated</th><th>STOI in</th><th>STOI out</th></tr></thead>\n<tbody>");
        for (Stream stream : report.streams()) {
            Scores scores = stream.scores();
            line(
                    "<tr><td><a href=\"#%s\">%s</a></td><td>%s</td><td>%s</td>",
                    escaped(stream.id()), escaped(stream.id()), escaped(stream.language()), audio(stream));
            numbers(
                    scores.sdrInDb(),
                    scores.sdrOutDb(),
                    scores.sdrGainDb(),
                    stream.sdrEstimatedDb(),
                    scores.stoiIn(),
                    scores.stoiOut());
        }
        line("</tbody>\n<tfoot><tr><td>Mean</td><td></td><td></td>");
        numbers(
                report.mean(stream -> stream.scores().sdrInDb()),
                report.mean(stream -> stream.scores().sdrOutDb()),
                report.meanSdrGainDb(),
                report.mean(Stream::sdrEstimatedDb),
                report.mean(stream -> stream.scores().stoiIn()),
                report.mean(stream -> stream.scores().stoiOut()));
        line("</tfoot></table></div>\n<p class=\"note\">SDR in dB, higher is better; the estimate is of SDR"
                + " out, made without the clean signal."
                + " STOI: 0 to 1.</p>");
    }

    private void numbers(double sdrIn, double sdrOut, double gain, double estimated, double stoiIn, double stoiOut) {
        line(
                "<td>%s</td><td>%s</td><td class=\"%s\">%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                Json.fixed(sdrIn, 1),
                Json.fixed(sdrOut, 1),
                gain < 0 ? "worse" : "gain",
                signed(gain),
                Json.fixed(estimated, 1),
                Json.fixed(stoiIn, 2),
                Json.fixed(stoiOut, 2));
    }

    private void stream(Stream stream) {
        Media media = stream.media();
        line(
                "<section id=\"%s\">\n<h3>%s <small>%s · %s · %s · %s dB</small></h3>\n<div class=\"players\">",
                escaped(stream.id()),
                escaped(stream.id()),
                escaped(stream.language()),
                escaped(stream.source()),
                audio(stream),
                signed(stream.scores().sdrGainDb()));
        player("Noisy", media.noisy());
        player("Enhanced", media.enhanced());
        player("Clean", media.clean());
        line("</div>");
        if (media.picture() != null) {
            line(
                    "<img loading=\"lazy\" src=\"%s\" alt=\"Spectrograms of %s\">",
                    escaped(media.picture()), escaped(stream.id()));
        }
        if (console != null) {
            line(
                    "<p class=\"note\"><a href=\"%s/#/stream/%s\">%s in the console</a></p>",
                    escaped(console),
                    URLEncoder.encode(stream.id(), StandardCharsets.UTF_8).replace("+", "%20"),
                    escaped(stream.id()));
        }
        line("</section>");
    }

    private void player(String name, String path) {
        if (path != null) {
            line("<label>%s<audio controls preload=\"none\" src=\"%s\"></audio></label>", name, escaped(path));
        }
    }

    private void measured() {
        line("<h2>How it was measured</h2>\n<ul>");
        report.howMeasured().forEach(sentence -> line("<li>%s</li>", escaped(sentence)));
        line("</ul>\n<p class=\"note\">%s · %s</p>", escaped(report.machine()), escaped(report.jdk()));
    }

    private void line(String format, Object... values) {
        html.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    private static String audio(Stream stream) {
        return Json.fixed(stream.sampleRateHz() / 1000.0, stream.sampleRateHz() % 1000 == 0 ? 0 : 2) + " kHz "
                + escaped(stream.encoding());
    }

    private static String signed(double decibels) {
        return (decibels >= 0 ? "+" : "") + Json.fixed(decibels, 1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = DemoReportPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException(
                        "report.css is missing beside " + DemoReportPage.class + "; rebuild the module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css can't be read", e);
        }
    }
}

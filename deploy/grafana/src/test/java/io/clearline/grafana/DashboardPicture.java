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
package io.clearline.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws the panels of the dashboard over a period as one PNG, from the data of a Prometheus. Needs no display. */
final class DashboardPicture {
    private static final int PANEL_WIDTH = 420;
    private static final int PANEL_HEIGHT = 260;
    private static final int TITLE_HEIGHT = 26;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

    private final PrometheusServer prometheus;
    private final long fromSeconds;
    private final long toSeconds;

    DashboardPicture(PrometheusServer prometheus, long fromSeconds, long toSeconds) {
        this.prometheus = prometheus;
        this.fromSeconds = fromSeconds;
        this.toSeconds = toSeconds;
    }

    void write(Path png) throws IOException, InterruptedException {
        List<ClearlineDashboard.Row> rows = ClearlineDashboard.rows();
        int columns = rows.stream().mapToInt(row -> row.panels().size()).max().orElseThrow();
        BufferedImage image = new BufferedImage(
                columns * PANEL_WIDTH, rows.size() * (TITLE_HEIGHT + PANEL_HEIGHT), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        int y = 0;
        for (ClearlineDashboard.Row row : rows) {
            graphics.setColor(Color.BLACK);
            graphics.setFont(TITLE);
            graphics.drawString(row.title(), 8, y + TITLE_HEIGHT - 8);
            y += TITLE_HEIGHT;
            for (int column = 0; column < row.panels().size(); column++) {
                chart(row.panels().get(column))
                        .draw(graphics, new Rectangle2D.Double(column * PANEL_WIDTH, y, PANEL_WIDTH, PANEL_HEIGHT));
            }
            y += PANEL_HEIGHT;
        }
        graphics.dispose();
        Files.createDirectories(png.getParent());
        ImageIO.write(image, "png", png.toFile());
    }

    private JFreeChart chart(Panel panel) throws IOException, InterruptedException {
        XYSeriesCollection lines = new XYSeriesCollection();
        for (Query query : panel.queries()) {
            for (JsonNode series : prometheus.range(query.expression(), fromSeconds, toSeconds)) {
                lines.addSeries(line(legend(query, series.get("metric")) + " ".repeat(lines.getSeriesCount()), series));
            }
        }
        JFreeChart chart = ChartFactory.createXYLineChart(
                panel.title() + " (" + panel.unit().grafanaName() + ")", null, null, lines);
        chart.getTitle().setFont(TITLE.deriveFont(Font.PLAIN, 13));
        chart.setBackgroundPaint(Color.WHITE);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDefaultStroke(new BasicStroke(2));
        renderer.setAutoPopulateSeriesStroke(false);
        plot.setRenderer(renderer);
        return chart;
    }

    private XYSeries line(String name, JsonNode series) {
        XYSeries line = new XYSeries(name);
        for (JsonNode point : series.get("values")) {
            double value = point.get(1).asDouble();
            if (Double.isFinite(value)) {
                line.add(point.get(0).asDouble() - fromSeconds, value);
            }
        }
        return line;
    }

    /** Returns Grafana's legend template with the labels of one series. */
    private static String legend(Query query, JsonNode labels) {
        String legend = query.legend();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            legend = legend.replace(
                    "{{" + label.getKey() + "}}", label.getValue().asText());
        }
        return legend;
    }
}

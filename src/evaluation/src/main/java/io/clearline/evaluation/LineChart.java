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

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A line chart that is written as PNG. Runs headless, but needs fonts, see {@link Fonts}. Thread-confined. */
public final class LineChart {
    private static final int WIDTH_PIXELS = 1100;
    private static final int HEIGHT_PIXELS = 700;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final XYSeriesCollection lines = new XYSeriesCollection();
    private boolean marks;

    public LineChart(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Adds a line. Points whose y is not finite are omitted. */
    public LineChart add(String name, double[] x, double[] y) {
        XYSeries line = new XYSeries(name, false);
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(y[i])) {
                line.add(x[i], y[i]);
            }
        }
        lines.addSeries(line);
        return this;
    }

    /** Marks every point. */
    public LineChart withMarks() {
        marks = true;
        return this;
    }

    /** Writes the chart as PNG. */
    public void write(Path png) throws IOException {
        JFreeChart chart = ChartFactory.createXYLineChart(title, xLabel, yLabel, lines);
        chart.setBackgroundPaint(Color.WHITE);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(false);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, marks);
        for (int i = 0; i < lines.getSeriesCount(); i++) {
            renderer.setSeriesStroke(i, new BasicStroke(2));
        }
        plot.setRenderer(renderer);
        ChartUtils.saveChartAsPNG(png.toFile(), chart, WIDTH_PIXELS, HEIGHT_PIXELS);
    }
}

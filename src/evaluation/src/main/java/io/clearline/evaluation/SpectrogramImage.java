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

import io.clearline.dsp.AudioClip;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * An image of one or several spectrograms above each other, for example before, after and clean. They share the time
 * axis, and a scale in decibels below the highest level of all. Runs headless, but needs fonts, see {@link Fonts}.
 * Immutable.
 */
public final class SpectrogramImage {
    /** Lengths below are in units of the layout, so that the text keeps its size relative to the image. */
    private static final double PIXELS_PER_UNIT = 1.5;

    private static final int WIDTH = 900;
    private static final int LEFT = 58;
    private static final int RIGHT = 82;
    private static final int TITLE_HEIGHT = 28;
    private static final int PANEL_HEIGHT = 170;
    private static final int BOTTOM = 42;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int RANGE_DB = 70;
    private static final Color INK = new Color(0x222222);
    private static final Color FRAME = new Color(0x888888);

    private final List<Panel> panels;
    private final double seconds;

    /** One spectrogram and its title. */
    public record Panel(String title, AudioClip clip) {}

    /** @throws IllegalArgumentException when there is no panel, or when all panels are empty */
    public SpectrogramImage(List<Panel> panels) {
        this.panels = List.copyOf(panels);
        this.seconds = panels.stream()
                .mapToDouble(panel -> panel.clip().seconds())
                .max()
                .orElse(0);
        if (seconds == 0) {
            throw new IllegalArgumentException("expected at least one panel with audio, found " + panels.size());
        }
    }

    /** Writes a PNG. */
    public void write(Path png) throws IOException {
        if (!ImageIO.write(render(), "png", png.toFile())) {
            throw new IOException("this Java runtime cannot write PNG files: " + png);
        }
    }

    /** Returns the image, 1350 pixels wide. */
    public BufferedImage render() {
        int height = panels.size() * (TITLE_HEIGHT + PANEL_HEIGHT) + BOTTOM;
        BufferedImage image = new BufferedImage(pixels(WIDTH), pixels(height), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, height);
            drawPanels(graphics);
            drawTimeAxis(graphics, height - BOTTOM);
            drawScale(graphics, TITLE_HEIGHT, height - BOTTOM - TITLE_HEIGHT);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private void drawPanels(Graphics2D graphics) {
        List<float[][]> levels = panels.stream()
                .map(panel -> PowerSpectrogram.levelsDb(panel.clip(), seconds, pixels(PLOT_WIDTH)))
                .toList();
        double loudestDb =
                levels.stream().mapToDouble(PowerSpectrogram::loudest).max().orElse(0);
        for (int i = 0; i < panels.size(); i++) {
            int top = i * (TITLE_HEIGHT + PANEL_HEIGHT) + TITLE_HEIGHT;
            graphics.drawImage(coloured(levels.get(i), loudestDb), LEFT, top, PLOT_WIDTH, PANEL_HEIGHT, null);
            drawFrame(graphics, panels.get(i), top);
        }
    }

    private static BufferedImage coloured(float[][] levelsDb, double loudestDb) {
        int bins = levelsDb[0].length;
        BufferedImage image = new BufferedImage(levelsDb.length, bins, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < levelsDb.length; x++) {
            for (int bin = 0; bin < bins; bin++) {
                double level = 1 + (levelsDb[x][bin] - loudestDb) / RANGE_DB;
                image.setRGB(x, bins - 1 - bin, Palette.rgb(level));
            }
        }
        return image;
    }

    private static void drawFrame(Graphics2D graphics, Panel panel, int top) {
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.setColor(FRAME);
        graphics.drawRect(LEFT, top, PLOT_WIDTH, PANEL_HEIGHT);
        graphics.setColor(INK);
        graphics.setFont(font(Font.BOLD, 14));
        graphics.drawString(panel.title(), LEFT, top - 8);
        graphics.setFont(font(Font.PLAIN, 12));
        double topKhz = panel.clip().sampleRateHz() / 2000.0;
        double stepKhz = topKhz > 12 ? 6 : topKhz > 5 ? 2 : 1;
        for (double khz = 0; khz <= topKhz + 1e-9; khz += stepKhz) {
            int y = (int) Math.round(top + PANEL_HEIGHT * (1 - khz / topKhz));
            graphics.drawLine(LEFT - 5, y, LEFT, y);
            drawRight(graphics, String.format(Locale.ROOT, "%.0f", khz), LEFT - 9, y + 4);
        }
        drawUpwards(graphics, "kHz", 18, top + PANEL_HEIGHT / 2);
    }

    private void drawTimeAxis(Graphics2D graphics, int top) {
        graphics.setColor(INK);
        graphics.setFont(font(Font.PLAIN, 12));
        double step = niceStep(seconds / 8);
        String format = step < 1 ? "%.1f" : "%.0f";
        for (int i = 0; i * step <= seconds + 1e-9; i++) {
            int x = (int) Math.round(LEFT + PLOT_WIDTH * i * step / seconds);
            graphics.drawLine(x, top, x, top + 5);
            drawCentred(graphics, String.format(Locale.ROOT, format, i * step), x, top + 19);
        }
        drawCentred(graphics, "seconds", LEFT + PLOT_WIDTH / 2, top + 35);
    }

    private static void drawScale(Graphics2D graphics, int top, int height) {
        int left = WIDTH - RIGHT + 20;
        BufferedImage scale = new BufferedImage(1, pixels(height), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < scale.getHeight(); y++) {
            scale.setRGB(0, y, Palette.rgb(1 - y / (scale.getHeight() - 1.0)));
        }
        graphics.drawImage(scale, left, top, 12, height, null);
        graphics.setColor(FRAME);
        graphics.drawRect(left, top, 12, height);
        graphics.setColor(INK);
        for (int db = 0; db <= RANGE_DB; db += 10) {
            int y = top + height * db / RANGE_DB;
            graphics.drawLine(left + 12, y, left + 16, y);
            graphics.drawString(db == 0 ? "0" : "−" + db, left + 20, y + 4);
        }
        drawCentred(graphics, "dB", left + 6, top - 8);
    }

    /** Returns the smallest step of 1, 2 or 5 times a power of ten that is not less than the given one. */
    private static double niceStep(double atLeast) {
        double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * decade >= atLeast) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }

    private static void drawCentred(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    private static void drawRight(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), y);
    }

    private static void drawUpwards(Graphics2D graphics, String text, int x, int y) {
        Graphics2D rotated = (Graphics2D) graphics.create();
        rotated.rotate(-Math.PI / 2, x, y);
        drawCentred(rotated, text, x, y);
        rotated.dispose();
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static int pixels(int units) {
        return (int) Math.round(units * PIXELS_PER_UNIT);
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartTest {
    @Test
    void eachLineHasAColourOfItsOwn(@TempDir Path folder) throws Exception {
        Path one = folder.resolve("one.png");
        Path two = folder.resolve("two.png");
        double[] x = {0, 1, 2};

        new LineChart("t", "x", "y").add("a", x, new double[] {0, 1, 2}).write(one);
        new LineChart("t", "x", "y")
                .add("a", x, new double[] {0, 1, 2})
                .add("b", x, new double[] {2, Double.NaN, 0})
                .write(two);

        assertThat(strongColours(one)).hasSize(1);
        assertThat(strongColours(two)).hasSize(2);
    }

    /** Returns the colours, other than greys, that many pixels have. */
    private static Set<Integer> strongColours(Path png) throws Exception {
        BufferedImage image = ImageIO.read(png.toFile());
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        java.util.Map<Integer, Integer> counts = new java.util.HashMap<>();
        for (int pixel : pixels) {
            int red = pixel >> 16 & 255;
            int green = pixel >> 8 & 255;
            int blue = pixel & 255;
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 100) {
                counts.merge(pixel, 1, Integer::sum);
            }
        }
        Set<Integer> colours = new HashSet<>();
        counts.forEach((colour, count) -> {
            if (count > 400) {
                colours.add(colour);
            }
        });
        return colours;
    }
}

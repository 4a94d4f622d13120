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
package io.clearline.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes screenshots of every view for visual inspection, with {@code -Dclearline.screenshots=FOLDER}. */
@Tag("slow")
@ExtendWith(LiveConsoleExtension.class)
class PagePicturesIT {
    private static final List<Integer> WIDTHS = List.of(320, 768, 1440);

    private final LiveConsole live;

    PagePicturesIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void takesAScreenshotOfEveryView() {
        Assumptions.assumeTrue(
                System.getProperty("clearline.screenshots") != null,
                "Skipped: no folder given by -Dclearline.screenshots.");
        for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            for (int width : WIDTHS) {
                Page page = live.page(width, 900, theme);
                for (View view : View.values()) {
                    live.open(page, view);
                    PageBrowser.screenshot(page, view + "-" + width + "-" + theme);
                }
            }
        }
        assertThat(live.errors()).isEmpty();
    }
}

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

import static io.clearline.console.web.PageBrowser.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recording is dropped on the page. */
@ExtendWith(LiveConsoleExtension.class)
class PageDropsIT {
    private static final String DROP = """
            (() => {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(100)], "call.wav"));
              const on = (type) => document.querySelector("main h1").dispatchEvent(
                new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
              const taken = [on("dragover"), "over" in document.body.dataset, on("drop")];
              return [!taken[0], taken[1], !taken[2], !("over" in document.body.dataset)];
            })()
            """;

    private final LiveConsole live;

    PageDropsIT(LiveConsole live) {
        this.live = live;
    }

    @ParameterizedTest
    @EnumSource
    void isSentFromEveryView(View view) {
        Page page = live.page();
        live.open(page, view);
        int sentBefore = live.console.files.size();
        assertThat(page.evaluate(DROP)).asInstanceOf(LIST).containsOnly(true);
        until(page, "location.hash.startsWith('#/stream/try-')");
        assertThat(live.console.files).hasSize(sentBefore + 1).last().isEqualTo("call.wav");
        assertThat(live.errors()).isEmpty();
    }
}

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
package io.clearline.docs;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;

/** The list of pages beside each page: headings and links of {@code docs/README.md} in their order. */
final class Navigation {
    private static final int SECTION_LEVEL = 2;

    private Navigation() {}

    /**
     * The navigation as a page shows it.
     *
     * @param index {@code docs/README.md}, read anew: rendering changes nodes
     * @param links of the page
     */
    static String html(MarkdownFile index, PageLinks links) {
        StringBuilder html = new StringBuilder();
        MarkdownFile.of(index.path(), index.source()).document().accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == SECTION_LEVEL) {
                    html.append("<h2>")
                            .append(Site.escaped(MarkdownFile.textOf(heading)))
                            .append("</h2>\n");
                }
            }

            @Override
            public void visit(Link link) {
                String document = Site.resolve(Site.INDEX, link.getDestination());
                // What stands before the first section is prose.
                if (document.endsWith(".md") && !html.isEmpty()) {
                    html.append("<a href=\"")
                            .append(links.toPage(document))
                            .append("\">")
                            .append(Site.escaped(MarkdownFile.textOf(link)))
                            .append("</a>\n");
                }
            }
        });
        return html.toString();
    }
}

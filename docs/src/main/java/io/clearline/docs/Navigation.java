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

/**
 * Renders the navigation that each page shows, from the headings and links of {@code docs/README.md} in their order.
 * Stateless.
 */
final class Navigation {
    private static final int SECTION_LEVEL = 2;

    private Navigation() {}

    /**
     * Returns the navigation for a page as HTML.
     *
     * @param index {@code docs/README.md}; its source is parsed again, because rendering modifies the nodes
     * @param links the links of the page
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
                // Links before the first section are part of the introduction.
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

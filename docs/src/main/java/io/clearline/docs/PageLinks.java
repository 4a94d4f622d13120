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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders a document as a page of the site: links between documents become links between pages, and links to files that
 * are no page become plain text, since the site has no such file.
 */
final class PageLinks {
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(MarkdownFile.EXTENSIONS).build();

    private final String path;
    private final Set<String> pages;
    private final List<String> pictures = new ArrayList<>();

    PageLinks(String path, Set<String> pages) {
        this.path = path;
        this.pages = pages;
    }

    /** The way from this page to the site's folder: empty, or ending in a slash. */
    String toRoot() {
        return "../".repeat(Path.of(Site.output(path)).getNameCount() - 1);
    }

    /** The address of another document's page, seen from this page. */
    String toPage(String document) {
        return toRoot() + Site.output(document);
    }

    /** Pictures that rendered documents show, by their paths below the project's folder. */
    List<String> pictures() {
        return pictures;
    }

    /** The document's HTML. Changes its nodes: a document is rendered once. */
    String render(MarkdownFile page) {
        page.forEachLink(this::rewrite);
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                String picture = Site.resolve(path, image.getDestination());
                pictures.add(picture);
                image.setDestination(toRoot() + picture);
            }

            @Override
            public void visit(FencedCodeBlock code) {
                // The check is for tests, not for readers.
                code.setInfo(code.getInfo().split("\\s", 2)[0]);
            }
        });
        return RENDERER.render(page.document());
    }

    private void rewrite(Link link) {
        String destination = link.getDestination();
        if (destination.startsWith("#") || destination.matches("[a-z]+:.*")) {
            return;
        }
        String document = Site.resolve(path, destination);
        if (pages.contains(document)) {
            int fragment = destination.indexOf('#');
            link.setDestination(toPage(document) + (fragment < 0 ? "" : destination.substring(fragment)));
        } else {
            unwrap(link);
        }
    }

    private static void unwrap(Link link) {
        Node child = link.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            link.insertBefore(child);
            child = next;
        }
        link.unlink();
    }
}

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
 * Renders a document as a page of the site. Links between documents become links between pages. Links to files that are
 * not part of the site become plain text. Not thread-safe.
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

    /** Returns the relative path from this page to the folder of the site: empty, or with a trailing slash. */
    String toRoot() {
        return "../".repeat(Path.of(Site.output(path)).getNameCount() - 1);
    }

    /** Returns the relative address of another document's page. */
    String toPage(String document) {
        return toRoot() + Site.output(document);
    }

    /** Returns the pictures in the rendered documents, as paths below the project's folder. */
    List<String> pictures() {
        return pictures;
    }

    /** Renders a document as HTML. This modifies its nodes, so a document can be rendered only once. */
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
                // The words after the language say how tests check the block, and are not meant for readers.
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

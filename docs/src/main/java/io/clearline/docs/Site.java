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

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the documentation as a folder of HTML pages, which load nothing from outside it. The pages are
 * {@code docs/README.md} and the Markdown documents to which it links, from anywhere in the tree. Its sections and
 * lists become the navigation.
 */
public final class Site {
    /** The document of the first page. */
    static final String INDEX = "docs/README.md";

    private final Path home;
    private final Path folder;
    private final Map<String, MarkdownFile> pages;

    private Site(Path home, Path folder, Map<String, MarkdownFile> pages) {
        this.home = home;
        this.folder = folder;
        this.pages = pages;
    }

    /** Writes the site. The arguments are the project's folder and the folder of the site. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException(
                    "Expected two arguments, the project's folder and that of the site, found " + args.length + ".");
        }
        int pages = write(Path.of(args[0]), Path.of(args[1]));
        System.out.println("Wrote " + pages + " pages: " + Path.of(args[1]).resolve("index.html"));
    }

    /**
     * Writes the site, overwriting the pages of an earlier run.
     *
     * @return the number of pages
     */
    static int write(Path home, Path folder) throws IOException {
        Map<String, MarkdownFile> pages = new LinkedHashMap<>();
        for (String path : pages(home)) {
            pages.put(path, page(home, path));
        }
        new Site(home, folder, pages).write();
        return pages.size();
    }

    /** Returns the paths of the documents, in the order of the navigation. */
    static List<String> pages(Path home) throws IOException {
        List<String> paths = new ArrayList<>(List.of(INDEX));
        MarkdownFile.read(home, INDEX).forEachLink(link -> {
            String path = resolve(INDEX, link.getDestination());
            if (path.endsWith(".md") && !paths.contains(path)) {
                paths.add(path);
            }
        });
        return paths;
    }

    /** Reads a document and inserts the parts that are generated from commands and alert rules. */
    static MarkdownFile page(Path home, String path) throws IOException {
        String text = Files.readString(home.resolve(path));
        if (text.contains("<!-- generated: commands -->")) {
            text = text.replace("<!-- generated: commands -->", CommandHelp.markdown());
        }
        if (text.contains("<!-- generated: alerts -->")) {
            text = text.replace("<!-- generated: alerts -->", AlertGuide.markdown(home));
        }
        return MarkdownFile.of(path, text);
    }

    private void write() throws IOException {
        String template = resource("page.html");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("site.css"), resource("site.css"));
        for (MarkdownFile page : pages.values()) {
            PageLinks links = new PageLinks(page.path(), pages.keySet());
            String html = template.replace("{title}", escaped(page.title()))
                    .replace("{root}", links.toRoot())
                    .replace("{navigation}", Navigation.html(pages.get(INDEX), links))
                    .replace("{content}", links.render(page));
            Path target = folder.resolve(output(page.path()));
            Files.createDirectories(target.getParent());
            Files.writeString(target, html);
            for (String picture : links.pictures()) {
                copy(picture);
            }
        }
    }

    private void copy(String picture) throws IOException {
        Path target = folder.resolve(picture);
        Files.createDirectories(target.getParent());
        Files.copy(home.resolve(picture), target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the path of a document's page in the site. Documents of {@code docs} are at the top. */
    static String output(String path) {
        String below = path.startsWith("docs/") ? path.substring("docs/".length()) : path;
        return below.equals("README.md") ? "index.html" : below.substring(0, below.length() - ".md".length()) + ".html";
    }

    /** Returns the target of a document's relative link as a path below the project's folder, without fragment. */
    static String resolve(String from, String destination) {
        return URI.create(from).resolve(destination.replaceFirst("#.*", "")).getPath();
    }

    /** Escapes text for HTML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

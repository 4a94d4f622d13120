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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A parsed Markdown document of the tree.
 *
 * @param path path below the project's folder, with slashes
 * @param source text of the document
 * @param document root of the parsed nodes, which are mutable: rendering modifies them
 */
public record MarkdownFile(String path, String source, Node document) {
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    /** Reads a document. */
    public static MarkdownFile read(Path home, String path) throws IOException {
        return of(path, Files.readString(home.resolve(path)));
    }

    /** Parses a document. */
    public static MarkdownFile of(String path, String source) {
        return new MarkdownFile(path, source, PARSER.parse(source));
    }

    /** Returns the text of the first heading, or the path if there is none. */
    public String title() {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading) {
                return textOf(heading);
            }
        }
        return path;
    }

    /**
     * Returns the blocks of shell commands in their order. An indented block counts as one too, since it has no
     * language and looks the same to a reader.
     */
    public List<CommandBlock> commandBlocks() {
        List<CommandBlock> blocks = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock code) {
                CommandBlock block = CommandBlock.fenced(path, lineOf(code), code.getInfo(), code.getLiteral());
                if (block != null) {
                    blocks.add(block);
                }
            }

            @Override
            public void visit(IndentedCodeBlock code) {
                blocks.add(new CommandBlock(path, lineOf(code), null, "", code.getLiteral()));
            }
        });
        return blocks;
    }

    /** Returns the inline code of the text. */
    public List<String> codeSpans() {
        List<String> spans = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Code code) {
                spans.add(code.getLiteral());
            }
        });
        return spans;
    }

    /** Returns the destinations of links and pictures, as they are written. */
    public List<String> destinations() {
        List<String> destinations = new ArrayList<>();
        forEachLink(link -> destinations.add(link.getDestination()));
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                destinations.add(image.getDestination());
                visitChildren(image);
            }
        });
        return destinations;
    }

    /** Visits every link in the order of the text. */
    void forEachLink(Consumer<Link> visit) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                visitChildren(link);
                visit.accept(link);
            }
        });
    }

    /** Returns the text below a node, without markup. */
    static String textOf(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }
        });
        return text.toString();
    }

    private static int lineOf(Node block) {
        return block.getSourceSpans().get(0).getLineIndex() + 1;
    }
}

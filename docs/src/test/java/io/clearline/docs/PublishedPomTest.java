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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Checks what Maven Central requires of a POM, and which modules are published. */
class PublishedPomTest {
    private static final XPath XPATH = XPathFactory.newDefaultInstance().newXPath();
    private static final String BOM = "deploy/bom";

    /** Modules inherit these from the parent; the BOM has no parent. */
    @Test
    void theParentAndTheBomHaveAllThatMavenCentralRequires() throws Exception {
        for (String path : List.of("pom.xml", BOM + "/pom.xml")) {
            Document pom = read(path);
            for (String element : List.of(
                    "name",
                    "description",
                    "url",
                    "licenses/license/name",
                    "licenses/license/url",
                    "developers/developer/name",
                    "developers/developer/email",
                    "scm/connection",
                    "scm/developerConnection",
                    "scm/url")) {
                assertThat(text(pom, "/project/" + element))
                        .as(element + " in " + path)
                        .isNotBlank();
            }
        }
    }

    @Test
    void everyPublishedModuleSaysWhatItIs() throws Exception {
        List<String> published = modules().filter(PublishedPomTest::isPublished).toList();
        assertThat(published).hasSizeGreaterThan(10);
        for (String module : published) {
            Document pom = read(module + "/pom.xml");
            assertThat(text(pom, "/project/name")).as("name of " + module).isNotBlank();
            assertThat(text(pom, "/project/description"))
                    .as("description of " + module)
                    .isNotBlank();
        }
    }

    @Test
    void thePublishedModulesAreThoseOfTheBom() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : modules().filter(PublishedPomTest::isPublished).toList()) {
            published.add(text(read(module + "/pom.xml"), "/project/artifactId"));
        }
        published.remove("clearline-bom");
        assertThat(published).containsExactlyInAnyOrderElementsOf(listed(read(BOM + "/pom.xml")));
    }

    private static Stream<String> modules() throws Exception {
        return texts(read("pom.xml"), "/project/modules/module").stream();
    }

    private static boolean isPublished(String module) {
        try {
            return text(read(module + "/pom.xml"), "/project/properties/maven.deploy.skip")
                    .isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException("Can't read the POM of " + module, e);
        }
    }

    private static Set<String> listed(Document bom) throws Exception {
        return Set.copyOf(texts(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"));
    }

    private static String text(Document pom, String path) throws Exception {
        return XPATH.evaluate(path, pom).strip();
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private static Document read(String path) throws Exception {
        Path file = CommittedText.home().resolve(path);
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    }
}

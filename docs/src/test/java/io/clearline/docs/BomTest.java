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
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BomTest {
    private static final String GROUP = "io.clearline";
    /** The module that only the tests of this tree use. */
    private static final String TESTKIT = "clearline-testkit";

    @Test
    void theBomListsEveryModuleThatOthersUse() throws Exception {
        List<String> used = managed(read("pom.xml")).stream()
                .filter(artifact -> !artifact.equals(TESTKIT))
                .toList();
        assertThat(managed(read("deploy/bom/pom.xml"))).isNotEmpty().containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theBomHasTheVersionOfTheTree() throws Exception {
        assertThat(ofProject(read("deploy/bom/pom.xml"), "version")).isEqualTo(ofProject(read("pom.xml"), "version"));
    }

    /** Returns the artifacts of this project in a POM's dependency management. */
    private static TreeSet<String> managed(Document pom) {
        Element management =
                (Element) pom.getElementsByTagName("dependencyManagement").item(0);
        NodeList dependencies = management.getElementsByTagName("dependency");
        TreeSet<String> artifacts = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals(GROUP)) {
                artifacts.add(text(dependency, "artifactId"));
            }
        }
        return artifacts;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static String ofProject(Document pom, String name) {
        NodeList children = pom.getDocumentElement().getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(child -> child.getNodeName().equals(name))
                .findFirst()
                .orElseThrow()
                .getTextContent();
    }

    private static Document read(String path) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(CommittedText.home().resolve(path).toFile());
    }
}

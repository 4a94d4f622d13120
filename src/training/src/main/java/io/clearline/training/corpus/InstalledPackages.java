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
package io.clearline.training.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Queries the Debian packages that are installed on this machine. Stateless. */
final class InstalledPackages {
    private InstalledPackages() {}

    /**
     * Returns the versions of packages.
     *
     * @throws IOException if some are not installed; the message contains the command that installs them
     */
    static Map<String, String> versions(List<String> names) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            try {
                String status =
                        Tool.DPKG_QUERY.run(Path.of("/"), List.of("-W", "-f", "${db:Status-Status} ${Version}", name));
                String[] words = status.strip().split(" ");
                if (words.length == 2 && words[0].equals("installed")) {
                    versions.put(name, words[1]);
                    continue;
                }
            } catch (Tool.ToolFailure e) {
                // dpkg-query fails for an unknown package.
            }
            missing.add(name);
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "Speech engines or voices are missing. Install them with: apt-get install --install-recommends "
                            + String.join(" ", missing) + ", or fetch without synthetic voices: --without-synthesis");
        }
        return versions;
    }

    /** Returns the manifest entry of an installed engine or voice. */
    static CorpusManifest.Origin origin(String name, String version) throws IOException {
        Path copyright = Path.of("/usr/share/doc", name, "copyright");
        String text = Files.isRegularFile(copyright) ? Files.readString(copyright, StandardCharsets.ISO_8859_1) : "";
        return new CorpusManifest.Origin(name, version, "", Licences.of(text, copyright));
    }
}

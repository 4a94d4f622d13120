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

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extracts the short names of licences from {@code debian/copyright} files. Stateless. */
final class Licences {
    private static final Pattern LICENCE = Pattern.compile("(?m)^License:[ \\t]*(\\S.*)$");

    private Licences() {}

    /**
     * Returns the licences that a file lists, sorted.
     *
     * @param copyright contents of the file
     * @param where path of the file, which the result refers to if the file is not in the machine-readable format
     */
    static List<String> of(String copyright, Path where) {
        TreeSet<String> licences = new TreeSet<>();
        Matcher matcher = LICENCE.matcher(copyright);
        while (matcher.find()) {
            licences.add(matcher.group(1).strip());
        }
        return licences.isEmpty() ? List.of("see " + where) : List.copyOf(licences);
    }
}

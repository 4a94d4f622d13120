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
import java.nio.file.Path;
import java.util.List;

/** Renames unpacked files so that every JVM can open them. Stateless. */
final class FileNames {

    private static final String ASCII_NAMES =
            "finddepth(sub {my $n = $_; $n =~ s/([^ -~])/sprintf('_%02x', ord $1)/ge; rename $_, $n if $n ne $_}, @ARGV)";

    private FileNames() {}

    /**
     * Writes other letters as hexadecimal digits: a JVM under the locale C can't open files with names that have any.
     */
    static void toAscii(Path folder) throws IOException {
        Tool.PERL.run(folder, List.of("-MFile::Find", "-e", ASCII_NAMES, folder.toString()));
    }
}

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
package io.clearline.job.stream;

import java.io.DataInput;
import java.io.IOException;

/**
 * Reads the version number in front of each part of a stream's state. A part can be read in every version that was ever
 * written, and is refused in the versions of newer releases.
 */
final class Versions {
    private Versions() {}

    /**
     * Reads the version of a part.
     *
     * @param part name of the part for the error message
     * @param newest newest version that this release can read
     * @return the version
     * @throws IOException if a newer release wrote the part
     */
    static int read(DataInput in, String part, int newest) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > newest) {
            throw new IOException("Expected version 1 to " + newest + " of the " + part + " of a stream, found "
                    + version + ". Restore it with the release of Clearline that wrote it.");
        }
        return version;
    }
}

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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A package of audio as it was downloaded: a Debian package, or a repository at one commit. Immutable. */
interface CorpusArchive {

    /** The name of the package, which the corpus uses as well. */
    String name();

    /** Tells one state of the package from another: recordings are converted again when it changes. */
    String version();

    /** The downloaded file. */
    Path file();

    /**
     * Unpacks what may be audio into an existing, empty folder.
     *
     * @throws IOException when the archive is damaged or a tool is missing
     */
    void unpack(Path into) throws IOException;

    /** Returns where the package came from, for the manifest; reads licences from the unpacked files where needed. */
    CorpusManifest.Origin origin(Path unpacked) throws IOException;

    /** Returns the SHA-256 of the downloaded file in hexadecimal digits. */
    default String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(file())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The downloaded archive of a Debian package.
 *
 * @param name of the package
 * @param file the {@code .deb} file
 */
record PackageArchive(String name, Path file) {
    private static final String UNPACK =
            "deb=$1 into=$2; shift 2; dpkg-deb --fsys-tarfile \"$deb\" | tar -x -C \"$into\" --wildcards \"$@\"";
    /** Extensions that are not unpacked. Pictures and maps are the largest part of most games. */
    private static final List<String> EXCLUDED_EXTENSIONS = List.of(
            "png", "jpg", "jpeg", "dds", "tga", "bmp", "xcf", "svg", "blend", "b3d", "spm", "bsp", "map", "ac", "acc");

    private static final String ASCII_NAMES = "finddepth(sub {my $n = $_; $n =~ s/([^ -~])/sprintf('_%02x', ord $1)/ge;"
            + " rename $_, $n if $n ne $_}, @ARGV)";

    /**
     * Returns the archive of a package in a folder, and downloads it if it is missing.
     *
     * @throws IOException if the download fails
     */
    static PackageArchive download(Path folder, String name) throws IOException {
        Path found = find(folder, name);
        if (found == null) {
            Tool.APT_GET.run(folder, List.of("download", name));
            found = find(folder, name);
        }
        if (found == null) {
            throw new IOException("Expected apt-get download to write an archive of " + name + " into " + folder
                    + ", found none. Run apt-get update and try again.");
        }
        return new PackageArchive(name, found);
    }

    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "_")
                            && file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Returns the version of the package, the part between the underscores of the file name. */
    String version() {
        return file.getFileName().toString().split("_")[1];
    }

    /**
     * Unpacks the archive, and game archives inside it, into a folder. File names are converted to ASCII, because a JVM
     * under the locale C cannot open others.
     *
     * @throws IOException if a tool is missing or the archive cannot be unpacked
     */
    void unpack(Path into) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-c", UNPACK, "unpack", file.toString(), into.toString()));
        EXCLUDED_EXTENSIONS.forEach(extension -> arguments.add("--exclude=*." + extension));
        Tool.SHELL.run(into, arguments);
        Tool.PERL.run(into, List.of("-MFile::Find", "-e", ASCII_NAMES, into.toString()));
        GameArchives.unpackAll(into);
    }

    /** Returns the manifest entry of the package. Its licences are read from the unpacked copyright file. */
    CorpusManifest.Origin origin(Path unpacked) throws IOException {
        return new CorpusManifest.Origin(name, version(), sha256(), licences(unpacked));
    }

    /**
     * Returns the short names of the licences in {@code debian/copyright}, or the path of that file if it is not
     * machine-readable.
     */
    private List<String> licences(Path unpacked) throws IOException {
        String path = "usr/share/doc/" + name + "/copyright";
        Path copyright = unpacked.resolve(path);
        String text = Files.isRegularFile(copyright) ? Files.readString(copyright, StandardCharsets.ISO_8859_1) : "";
        return Licences.of(text, Path.of("/" + path));
    }

    private String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

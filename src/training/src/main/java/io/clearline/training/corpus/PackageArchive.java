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

/** A Debian package as it was downloaded. */
record PackageArchive(String name, Path file) {
    private static final String UNPACK =
            "deb=$1 into=$2; shift 2; dpkg-deb --fsys-tarfile \"$deb\" | tar -x -C \"$into\" --wildcards \"$@\"";
    /** Most of a game is pictures: left in the archive, they cost no disk. */
    private static final List<String> PICTURES = List.of(
            "png", "jpg", "jpeg", "dds", "tga", "bmp", "xcf", "svg", "blend", "b3d", "spm", "bsp", "map", "ac", "acc");

    private static final String ASCII_NAMES =
            "finddepth(sub {my $n = $_; $n =~ s/([^ -~])/sprintf('_%02x', ord $1)/ge; rename $_, $n if $n ne $_}, @ARGV)";

    /**
     * The archive in a folder, downloaded where it isn't there yet.
     *
     * @throws IOException when it can't be had
     */
    static PackageArchive download(Path folder, String name) throws IOException {
        Path found = find(folder, name);
        if (found == null) {
            Tool.APT_GET.run(folder, List.of("download", name));
            found = find(folder, name);
        }
        if (found == null) {
            throw new IOException("apt-get downloaded no archive of " + name + " into " + folder);
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

    /** Debian writes it between the underscores of the archive's name. */
    String version() {
        return file.getFileName().toString().split("_")[1];
    }

    /**
     * Unpacks the archive, and the archives in it, into a folder. A JVM under the locale C can't open files with names
     * in other letters, so such letters are written out.
     */
    void unpack(Path into) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-c", UNPACK, "unpack", file.toString(), into.toString()));
        PICTURES.forEach(ending -> arguments.add("--exclude=*." + ending));
        Tool.SHELL.run(into, arguments);
        Tool.PERL.run(into, List.of("-MFile::Find", "-e", ASCII_NAMES, into.toString()));
        GameArchives.unpackAll(into);
    }

    /** Where the package came from, out of the archive and its unpacked copyright file. */
    CorpusManifest.Origin origin(Path unpacked) throws IOException {
        return new CorpusManifest.Origin(name, version(), sha256(), licences(unpacked));
    }

    /**
     * The short names of the licences that {@code debian/copyright} lists; the path of the file where it isn't written
     * for machines.
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

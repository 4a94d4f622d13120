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

import io.clearline.dsp.Sha256;
import io.clearline.training.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes a corpus out of free audio that Debian packages carry: downloads, unpacks, converts to 16 kHz mono WAV, and
 * writes the manifest. What is there already is not fetched again.
 */
public final class CorpusFetcher {
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final int WAV_HEADER_BYTES = 44;
    private static final double SHORTEST_SECONDS = 0.2;

    private final Path corpus;
    private final Path downloads;
    private final ConcurrentSkipListSet<String> skipped = new ConcurrentSkipListSet<>();

    public CorpusFetcher(Path corpus) {
        this.corpus = corpus.toAbsolutePath().normalize();
        this.downloads = this.corpus.resolve("packages");
    }

    /**
     * Fetches all packages and writes the manifest.
     *
     * @throws IOException when a package can't be had or a tool is missing
     */
    public CorpusManifest fetch(List<CorpusPackage> packages, Progress progress) throws IOException {
        Files.createDirectories(downloads);
        Map<String, List<CorpusPackage>> byName = packages.stream()
                .collect(Collectors.groupingBy(CorpusPackage::name, TreeMap::new, Collectors.toList()));
        List<CorpusManifest.Origin> origins = new ArrayList<>();
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        progress.begin("Corpus", byName.size());
        for (Map.Entry<String, List<CorpusPackage>> entry : byName.entrySet()) {
            Path archive = download(entry.getKey());
            origins.add(new CorpusManifest.Origin(entry.getKey(), version(archive), Sha256.of(archive)));
            recordings.addAll(convert(archive, entry.getValue()));
            progress.step(entry.getKey());
        }
        progress.end();
        recordings.sort(Comparator.comparing(CorpusManifest.Recording::path));
        CorpusManifest manifest = new CorpusManifest(origins, recordings, List.copyOf(skipped));
        manifest.write(corpus);
        return manifest;
    }

    private Path download(String name) throws IOException {
        if (archive(name) == null) {
            Tool.APT_GET.run(downloads, List.of("download", name));
        }
        Path archive = archive(name);
        if (archive == null) {
            throw new IOException("apt-get downloaded no archive of " + name + " into " + downloads);
        }
        return archive;
    }

    private Path archive(String name) throws IOException {
        try (Stream<Path> files = Files.list(downloads)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "_"))
                    .findFirst()
                    .orElse(null);
        }
    }

    private List<CorpusManifest.Recording> convert(Path archive, List<CorpusPackage> packages) throws IOException {
        Path unpacked = Files.createTempDirectory(corpus, "unpacked");
        try {
            Tool.DPKG_DEB.run(corpus, List.of("-x", archive.toString(), unpacked.toString()));
            unpackGameArchives(unpacked);
            List<CorpusManifest.Recording> recordings = new ArrayList<>();
            for (CorpusPackage each : packages) {
                recordings.addAll(convert(unpacked, each));
            }
            return recordings;
        } finally {
            delete(unpacked);
        }
    }

    private List<CorpusManifest.Recording> convert(Path unpacked, CorpusPackage from) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(unpacked)) {
            sources = files.filter(Files::isRegularFile)
                    .filter(file -> from.takes("/" + unpacked.relativize(file)))
                    .sorted()
                    .toList();
        }
        ConcurrentLinkedQueue<CorpusManifest.Recording> recordings = new ConcurrentLinkedQueue<>();
        try {
            sources.parallelStream().forEach(source -> convert(unpacked, source, from, recordings));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new ArrayList<>(recordings);
    }

    private void convert(
            Path unpacked,
            Path source,
            CorpusPackage from,
            ConcurrentLinkedQueue<CorpusManifest.Recording> recordings) {
        String inside = unpacked.relativize(source).toString();
        String name = inside.substring(0, inside.lastIndexOf('.')).replaceAll("[^A-Za-z0-9._-]", "_") + ".wav";
        Path target = corpus.resolve(from.role().name().toLowerCase(Locale.ROOT))
                .resolve(from.kind().name().toLowerCase(Locale.ROOT))
                .resolve(from.name())
                .resolve(name);
        try {
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                toWav(source, target);
            }
            double seconds = (Files.size(target) - WAV_HEADER_BYTES) / 2.0 / SAMPLE_RATE_HZ;
            if (seconds >= SHORTEST_SECONDS) {
                recordings.add(new CorpusManifest.Recording(
                        corpus.relativize(target).toString(),
                        from.role(),
                        from.kind(),
                        from.groupOf("/" + inside),
                        seconds));
            }
        } catch (Tool.ToolFailure e) {
            skipped.add(from.name() + ":/" + inside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void toWav(Path source, Path target) throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        List<String> arguments = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
        if (source.toString().endsWith(".g722")) {
            arguments.addAll(List.of("-f", "g722"));
        }
        arguments.addAll(
                List.of("-i", source.toString(), "-map", "0:a:0", "-map_metadata", "-1", "-fflags", "+bitexact"));
        arguments.addAll(
                List.of("-ac", "1", "-ar", Integer.toString(SAMPLE_RATE_HZ), "-c:a", "pcm_s16le", "-f", "wav"));
        arguments.add(partial.toString());
        Tool.FFMPEG.run(corpus, arguments);
        Files.move(partial, target);
    }

    /** Some games keep their sounds in zip files of another name, some in containers of their own. */
    private static void unpackGameArchives(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path into = file.resolveSibling(file.getFileName() + ".d");
            if (file.toString().endsWith(".pk3")) {
                unzip(file, into);
            } else if (file.toString().endsWith(".cat")) {
                WaveContainer.unpack(file, Files.createDirectory(into));
            } else if (file.toString().endsWith(".ocg")) {
                ClonkGroup.unpack(file, into);
            }
        }
    }

    private static void unzip(Path archive, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !target.startsWith(into)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }

    /** Debian writes it between the underscores of the archive's name. */
    private static String version(Path archive) {
        return archive.getFileName().toString().split("_")[1];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

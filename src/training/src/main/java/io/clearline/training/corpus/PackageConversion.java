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

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Converts the audio of one package to recordings. The result is cached in a JSON file beside the archive, so that the
 * next fetch does not unpack the package again.
 */
final class PackageConversion {
    private final Path corpus;
    private final PackageArchive archive;
    private final List<CorpusPackage> wanted;

    PackageConversion(Path corpus, PackageArchive archive, List<CorpusPackage> wanted) {
        this.corpus = corpus;
        this.archive = archive;
        this.wanted = wanted;
    }

    /**
     * The result of a conversion, as it is cached.
     *
     * @param origin manifest entry of the package
     * @param wanted entries of {@code packages.json} that were converted; the cache is invalid if they change
     * @param recordings converted files
     * @param skipped files that could not be decoded
     */
    record Result(
            CorpusManifest.Origin origin,
            List<CorpusPackage> wanted,
            List<CorpusManifest.Recording> recordings,
            List<String> skipped) {}

    /**
     * Returns the cached result, or unpacks and converts the package.
     *
     * @throws IOException if the archive cannot be read or a tool is missing
     */
    Result run() throws IOException {
        Path cache = archive.file().resolveSibling(archive.name() + ".json");
        if (Files.exists(cache)) {
            Result cached = new ObjectMapper().readValue(cache.toFile(), Result.class);
            if (cached.wanted.equals(wanted) && cached.origin.version().equals(archive.version())) {
                return cached;
            }
        }
        Path unpacked = Files.createTempDirectory(corpus, "unpacked");
        try {
            archive.unpack(unpacked);
            Result result = convert(unpacked);
            Folders.writeJson(cache, result);
            return result;
        } finally {
            Folders.delete(unpacked);
        }
    }

    private Result convert(Path unpacked) throws IOException {
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (CorpusPackage each : wanted) {
            List<AudioConverter.Conversion> conversions = conversions(unpacked, each);
            Set<Path> broken = new AudioConverter(corpus).convert(conversions);
            for (AudioConverter.Conversion conversion : conversions) {
                String inside = "/" + unpacked.relativize(conversion.source());
                if (broken.contains(conversion.source())) {
                    skipped.add(archive.name() + ":" + inside);
                    continue;
                }
                double seconds = AudioConverter.seconds(conversion.target());
                if (seconds >= AudioConverter.MIN_SECONDS) {
                    recordings.add(new CorpusManifest.Recording(
                            corpus.relativize(conversion.target()).toString(),
                            each.role(),
                            each.kind(),
                            each.groupOf(inside),
                            seconds,
                            false));
                }
            }
        }
        return new Result(archive.origin(unpacked), wanted, recordings, skipped);
    }

    private List<AudioConverter.Conversion> conversions(Path unpacked, CorpusPackage from) throws IOException {
        Path folder = corpus.resolve(from.role().name().toLowerCase(Locale.ROOT))
                .resolve(from.kind().name().toLowerCase(Locale.ROOT))
                .resolve(from.name());
        List<Path> sources;
        try (Stream<Path> files = Files.walk(unpacked)) {
            sources = files.filter(Files::isRegularFile)
                    .filter(AudioEndings::isAudio)
                    .filter(file -> from.takes("/" + unpacked.relativize(file)))
                    .sorted()
                    .toList();
        }
        // Some packages contain a sound twice, as Vorbis and as WAV. Only the first file of a name is used.
        Map<Path, AudioConverter.Conversion> byTarget = new LinkedHashMap<>();
        for (Path source : sources) {
            Path target = folder.resolve(wavName(unpacked.relativize(source).toString()));
            byTarget.putIfAbsent(target, new AudioConverter.Conversion(source, target, from.longestSeconds()));
        }
        return List.copyOf(byTarget.values());
    }

    private static String wavName(String inside) {
        return inside.substring(0, inside.lastIndexOf('.')).replaceAll("[^A-Za-z0-9._-]", "_") + ".wav";
    }
}

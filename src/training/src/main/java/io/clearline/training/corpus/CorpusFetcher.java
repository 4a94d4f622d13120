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

import io.clearline.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Builds a corpus from the free audio in Debian packages: downloads and unpacks them, converts their audio to 16 kHz
 * mono WAV, synthesises voices, and writes the manifest. Several packages are processed in parallel. Existing results
 * are reused. Not thread-safe.
 */
public final class CorpusFetcher {
    private static final int DOWNLOADS_AT_ONCE = 4;

    private final Path corpus;
    private final Path downloads;

    public CorpusFetcher(Path corpus) {
        this.corpus = corpus.toAbsolutePath().normalize();
        this.downloads = this.corpus.resolve("packages");
    }

    /**
     * Synthesises all voices, fetches all packages, and writes the manifest.
     *
     * @param voices may be empty
     * @throws IOException if a package cannot be downloaded or a tool is missing. Completed work is kept, and the next
     *     fetch continues from there
     */
    public CorpusManifest fetch(List<CorpusPackage> packages, List<SyntheticVoice> voices, Progress progress)
            throws IOException {
        Files.createDirectories(downloads);
        List<CorpusManifest.Origin> origins = new ArrayList<>();
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        TreeMap<String, String> engines = new TreeMap<>();
        // Synthesis needs installed programs. It runs first, so that a missing one is reported before large downloads.
        if (!voices.isEmpty()) {
            for (VoiceSynthesis.Result result : new VoiceSynthesis(corpus, downloads).run(voices, progress)) {
                engines.put(result.voice().debianPackage(), result.version());
                recordings.addAll(result.recordings());
                skipped.addAll(result.skipped());
            }
        }
        for (PackageConversion.Result result : packages(packages, progress)) {
            origins.add(result.origin());
            recordings.addAll(result.recordings());
            skipped.addAll(result.skipped());
        }
        for (Map.Entry<String, String> engine : engines.entrySet()) {
            origins.add(InstalledPackages.origin(engine.getKey(), engine.getValue()));
        }
        origins.sort(Comparator.comparing(CorpusManifest.Origin::name));
        recordings.sort(Comparator.comparing(CorpusManifest.Recording::path));
        CorpusManifest manifest = new CorpusManifest(origins, recordings, skipped);
        manifest.write(corpus);
        return manifest;
    }

    /** Starts the downloads in the background; each conversion waits for its own archive. */
    private List<PackageConversion.Result> packages(List<CorpusPackage> packages, Progress progress)
            throws IOException {
        Map<String, List<CorpusPackage>> byName = packages.stream()
                .collect(Collectors.groupingBy(CorpusPackage::name, LinkedHashMap::new, Collectors.toList()));
        ExecutorService network = Executors.newFixedThreadPool(DOWNLOADS_AT_ONCE);
        try {
            Map<String, Jobs.Job<PackageConversion.Result>> jobs = new LinkedHashMap<>();
            byName.forEach((name, wanted) -> {
                Future<PackageArchive> archive = network.submit(() -> PackageArchive.download(downloads, name));
                jobs.put(name, () -> new PackageConversion(corpus, archive.get(), wanted).run());
            });
            return Jobs.run("Corpus", jobs, progress);
        } finally {
            network.shutdownNow();
        }
    }
}

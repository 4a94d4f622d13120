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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Makes a corpus out of free audio that Debian packages carry: downloads, unpacks, converts to 16 kHz mono WAV, and
 * writes the manifest. Several packages at a time; what is there already is not made again.
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
     * Fetches all packages and writes the manifest.
     *
     * @throws IOException when a package can't be had or a tool is missing; what was fetched stays, and the next fetch
     *     goes on from there
     */
    public CorpusManifest fetch(List<CorpusPackage> packages, Progress progress) throws IOException {
        Files.createDirectories(downloads);
        Map<String, List<CorpusPackage>> byName = packages.stream()
                .collect(Collectors.groupingBy(CorpusPackage::name, LinkedHashMap::new, Collectors.toList()));
        List<PackageConversion.Result> results = convertAll(byName, progress);
        results.sort(Comparator.comparing(result -> result.origin().name()));
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (PackageConversion.Result result : results) {
            recordings.addAll(result.recordings());
            skipped.addAll(result.skipped());
        }
        recordings.sort(Comparator.comparing(CorpusManifest.Recording::path));
        CorpusManifest manifest = new CorpusManifest(
                results.stream().map(PackageConversion.Result::origin).toList(), recordings, skipped);
        manifest.write(corpus);
        return manifest;
    }

    private List<PackageConversion.Result> convertAll(Map<String, List<CorpusPackage>> byName, Progress progress)
            throws IOException {
        ExecutorService network = Executors.newFixedThreadPool(DOWNLOADS_AT_ONCE);
        ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ExecutorCompletionService<PackageConversion.Result> done = new ExecutorCompletionService<>(processors);
            for (Map.Entry<String, List<CorpusPackage>> each : byName.entrySet()) {
                Future<PackageArchive> archive =
                        network.submit(() -> PackageArchive.download(downloads, each.getKey()));
                done.submit(() -> new PackageConversion(corpus, archive.get(), each.getValue()).run());
            }
            List<PackageConversion.Result> results = new ArrayList<>();
            progress.begin("Corpus", byName.size());
            for (int i = 0; i < byName.size(); i++) {
                PackageConversion.Result result = done.take().get();
                results.add(result);
                progress.step(result.origin().name());
            }
            progress.end();
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the corpus was fetched; the same command goes on.", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            network.shutdownNow();
            processors.shutdownNow();
        }
    }

    private static IOException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof ExecutionException nested) {
            return unwrapped(nested);
        }
        return cause instanceof IOException io ? io : new IOException("The corpus can't be fetched: " + cause, cause);
    }
}

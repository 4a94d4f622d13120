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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The files of a {@link PublicRepository}, downloaded as a gzipped tar archive. Immutable. */
record RepositoryArchive(String name, PublicRepository repository, Path file) implements CorpusArchive {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    /** Of the whole download: 250 MB over a slow line. */
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(30);

    private static final int OK = 200;

    /** The archive can't be downloaded here; the message says from where, why, and what to do. */
    static final class UnreachableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Returns the archive in a folder, downloaded from GitHub where it isn't there yet.
     *
     * @throws UnreachableException when it can't be downloaded
     */
    static RepositoryArchive download(Path folder, String name, PublicRepository repository) throws IOException {
        return download(folder, name, repository, repository.archive());
    }

    /** As {@link #download(Path, String, PublicRepository)}, from the given address. */
    static RepositoryArchive download(Path folder, String name, PublicRepository repository, URI from)
            throws IOException {
        Path file = folder.resolve(name + "_" + repository.commit() + ".tar.gz");
        if (!Files.exists(file)) {
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            try {
                save(from, partial);
                Files.move(partial, file);
            } catch (IOException e) {
                Files.deleteIfExists(partial);
                throw new UnreachableException(
                        "Can't download " + from + ": " + reason(e) + ". Download it elsewhere, put it at " + file
                                + " and fetch again.",
                        e);
            }
        }
        return new RepositoryArchive(name, repository, file);
    }

    private static void save(URI from, Path file) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(from).timeout(DOWNLOAD_TIMEOUT).build();
        try {
            HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(file));
            if (response.statusCode() != OK) {
                throw new IOException("the server answered with status " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The HTTP client's exceptions for an unknown or silent host often have no message. */
    private static String reason(IOException failure) {
        return failure.getMessage() == null ? "the host can't be reached" : failure.getMessage();
    }

    @Override
    public String version() {
        return repository.commit();
    }

    /** {@inheritDoc} The folder that GitHub puts around the files of a commit is taken off. */
    @Override
    public void unpack(Path into) throws IOException {
        Tool.TAR.run(into, List.of("-xzf", file.toString(), "--strip-components=1", "--no-same-owner"));
        FileNames.toAscii(into);
    }

    @Override
    public CorpusManifest.Origin origin(Path unpacked) throws IOException {
        return new CorpusManifest.Origin(name, version(), sha256(), repository.licences());
    }
}

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
package io.clearline.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The complete checkpoints in a folder, each with a {@code JOB/chk-NUMBER/_metadata}. Stateless. */
final class RetainedCheckpoints {
    private static final String PREFIX = "chk-";

    private final Path folder;

    RetainedCheckpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the newest complete checkpoint of any job. Numbers increase across jobs, because each job restores from a
     * checkpoint of the previous one.
     */
    Optional<Path> newest() throws IOException {
        return complete().stream().max(Comparator.comparingLong(RetainedCheckpoints::number));
    }

    /** Returns the number of the newest complete checkpoint, or 0 if there is none. */
    long newestNumber() throws IOException {
        return newest().map(RetainedCheckpoints::number).orElse(0L);
    }

    private List<Path> complete() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> jobs = Files.list(folder)) {
            return jobs.filter(Files::isDirectory)
                    .flatMap(RetainedCheckpoints::children)
                    .filter(each -> each.getFileName().toString().startsWith(PREFIX))
                    .filter(each -> Files.exists(each.resolve("_metadata")))
                    .toList();
        }
    }

    private static Stream<Path> children(Path job) {
        String[] names = job.toFile().list();
        // Flink deletes the folder of a job that has ended, possibly at this moment.
        return names == null ? Stream.empty() : Stream.of(names).map(job::resolve);
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
    }

    /** Returns the size of the newest complete checkpoint in bytes, or 0 if there is none. */
    long newestBytes() throws IOException {
        Optional<Path> newest = newest();
        if (newest.isEmpty()) {
            return 0;
        }
        try (Stream<Path> files = Files.list(newest.get())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}

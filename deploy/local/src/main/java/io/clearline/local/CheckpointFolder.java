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
package io.clearline.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/**
 * A folder with the checkpoints of one job, used by one process at a time: {@code JOB/chk-NUMBER/_metadata} for each
 * complete one. A lock keeps out a second job, which would write the same output again and, in a replay, end the
 * transactions of the first. The lock goes with the process, however it ends.
 */
public final class CheckpointFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lock;

    private CheckpointFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes a folder for this process; makes it when it is missing.
     *
     * @throws IOException when another process uses it, or it can't be made
     */
    public static CheckpointFolder open(Path folder) throws IOException {
        Path absolute = Files.createDirectories(folder.toAbsolutePath().normalize());
        FileChannel channel =
                FileChannel.open(absolute.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new CheckpointFolder(absolute, channel);
            }
        } catch (OverlappingFileLockException e) {
            // This very process uses it: the answer is the same.
        }
        channel.close();
        throw new IOException("Another job uses the checkpoints in " + absolute
                + ". Stop it, or give this one a folder (--checkpoints) and a group of its own.");
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** Lets a job write its checkpoints here. */
    public void addTo(Configuration options) {
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    }

    /**
     * Lets a job go on from a checkpoint, which becomes its own: it is deleted when newer ones have taken its place.
     */
    public static void restore(Path checkpoint, Configuration options) {
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        options.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    }

    /** The newest complete checkpoint of any job. */
    public Optional<Path> newest() throws IOException {
        try (Stream<Path> jobs = Files.list(folder)) {
            return jobs.flatMap(CheckpointFolder::children)
                    .filter(each -> each.getFileName().toString().startsWith("chk-"))
                    .filter(each -> Files.isRegularFile(each.resolve("_metadata")))
                    .max(Comparator.comparing(CheckpointFolder::written));
        }
    }

    private static Stream<Path> children(Path job) {
        String[] names = job.toFile().list();
        return names == null ? Stream.empty() : List.of(names).stream().map(job::resolve);
    }

    private static FileTime written(Path checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.resolve("_metadata"));
        } catch (IOException e) {
            // A job that ends takes its checkpoints with it.
            return FileTime.fromMillis(0);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

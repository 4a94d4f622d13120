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
 * A folder with the checkpoints of one job, locked by one process at a time. A complete checkpoint is a folder
 * {@code JOB/chk-NUMBER} with a file {@code _metadata}.
 *
 * <p>The lock keeps out a second job, which would write the same output again and, in a replay, abort the transactions
 * of the first. The operating system releases it when the process ends, in whatever way.
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
     * Locks a folder for this process, and creates it if necessary.
     *
     * @throws IOException if another process uses the folder, or it cannot be created
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
            // The lock is held by this process itself, which is reported in the same way.
        }
        channel.close();
        throw new IOException("Another job uses the checkpoints in " + absolute
                + ". Stop it, or give this one a folder (--checkpoints) and a group of its own.");
    }

    /** Returns the absolute path of the folder. */
    public Path path() {
        return folder;
    }

    /** Sets the job's options so that it writes its checkpoints to this folder. */
    public void addTo(Configuration options) {
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    }

    /**
     * Sets the job's options so that it starts from a checkpoint. The job claims the checkpoint: it deletes it when
     * newer ones have replaced it.
     */
    public static void restore(Path checkpoint, Configuration options) {
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        options.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    }

    /** Returns the newest complete checkpoint of any job in the folder. */
    public Optional<Path> newest() throws IOException {
        try (Stream<Path> jobs = Files.list(folder)) {
            return jobs.flatMap(CheckpointFolder::children)
                    .filter(each -> each.getFileName().toString().startsWith("chk-"))
                    .filter(each -> Files.isRegularFile(each.resolve("_metadata")))
                    .max(Comparator.comparing(CheckpointFolder::completionTime));
        }
    }

    private static Stream<Path> children(Path job) {
        String[] names = job.toFile().list();
        return names == null ? Stream.empty() : List.of(names).stream().map(job::resolve);
    }

    private static FileTime completionTime(Path checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.resolve("_metadata"));
        } catch (IOException e) {
            // Deleted meanwhile: a job that ends deletes its checkpoints.
            return FileTime.fromMillis(0);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

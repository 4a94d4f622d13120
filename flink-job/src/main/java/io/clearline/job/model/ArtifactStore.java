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
package io.clearline.job.model;

import io.clearline.dsp.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * Stores the files of models beside the checkpoints, each file once under its SHA-256. Checkpoints and savepoints refer
 * to models by {@link ModelPin}, and a restore finds the files here. The job never changes or deletes a file; one may
 * be deleted once no checkpoint or savepoint that refers to it is needed.
 *
 * <p>Thread-safe, and safe for use by several jobs that share the folder: files are written under a temporary name and
 * renamed.
 */
public final class ArtifactStore implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Name of the folder, in the directory of the checkpoints. */
    public static final String FOLDER = "clearline-models";

    private final String folder;

    private ArtifactStore(String folder) {
        this.folder = folder;
    }

    /**
     * Returns the store in a directory of checkpoints.
     *
     * @param checkpointsDirectory URI or path of one of Flink's file systems
     */
    public static ArtifactStore beside(String checkpointsDirectory) {
        return new ArtifactStore(new Path(checkpointsDirectory, FOLDER).toString());
    }

    /** Returns the store in a folder that a checkpoint names. */
    public static ArtifactStore at(String folder) {
        return new ArtifactStore(folder);
    }

    /** Returns the folder of the store, as a URI or path of one of Flink's file systems. */
    public String folder() {
        return folder;
    }

    /**
     * Writes both files of a model, unless they are present.
     *
     * @throws IOException if the model can't run, or the file system can't be written to
     */
    public void put(ModelFiles model) throws IOException {
        ModelPin pin = model.pin();
        put(pin.weightsSha256(), model.tensors());
        // The card is written last, so that the weights are present if the card is.
        put(pin.cardSha256(), model.card());
    }

    private void put(String sha256, byte[] bytes) throws IOException {
        Path file = new Path(folder, sha256);
        FileSystem files = file.getFileSystem();
        if (isThere(files, file, bytes.length)) {
            return;
        }
        files.mkdirs(file.getParent());
        Path draft = new Path(folder, "." + sha256 + "-" + UUID.randomUUID());
        try {
            try (OutputStream out = files.create(draft, WriteMode.NO_OVERWRITE)) {
                out.write(bytes);
            }
            if (!files.rename(draft, file) && !isThere(files, file, bytes.length)) {
                // The file has another length: an incomplete copy, left by a file system whose rename is not atomic.
                files.delete(file, false);
                if (!files.rename(draft, file)) {
                    throw new IOException("Can't move " + draft + " to " + file + ".");
                }
            }
        } finally {
            files.delete(draft, false);
        }
    }

    /** Returns whether the file exists with the expected length. */
    private static boolean isThere(FileSystem files, Path file, long bytes) throws IOException {
        try {
            return files.getFileStatus(file).getLen() == bytes;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * Reads a model.
     *
     * @return the model, shared within the process
     * @throws IOException if a file is missing, or its SHA-256 differs from the one in the pin
     */
    public ModelFiles get(ModelPin pin) throws IOException {
        byte[] card = get(pin, pin.cardSha256(), "card");
        return new ModelFiles(get(pin, pin.weightsSha256(), "weights"), card).shared();
    }

    private byte[] get(ModelPin pin, String sha256, String what) throws IOException {
        Path file = new Path(folder, sha256);
        byte[] bytes = read(pin, file, what);
        String found = Sha256.of(bytes);
        if (!found.equals(sha256)) {
            throw new IOException("Expected the " + what + " of model " + pin + " in " + file
                    + ", found a file with SHA-256 " + found
                    + ". The file is damaged: delete it, and copy the model's file there under this name.");
        }
        return bytes;
    }

    private static byte[] read(ModelPin pin, Path file, String what) throws IOException {
        FileSystem files = file.getFileSystem();
        try {
            FileStatus status = files.getFileStatus(file);
            byte[] bytes = new byte[Math.toIntExact(status.getLen())];
            try (FSDataInputStream in = files.open(file)) {
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw new IOException("Expected " + bytes.length + " bytes in " + file + ", found fewer.");
                }
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw new IOException(
                    "Expected the " + what + " of model " + pin + " in " + file + ", found no such file.", e);
        }
    }
}

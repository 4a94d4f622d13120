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
package io.clearline.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Checkpoint files: the training that they belong to, then what it needs. Written whole or not at all. */
public final class Checkpoints {
    private static final int VERSION = 2;
    /** Older checkpoints that read alike. */
    private static final int OLDEST_VERSION = 1;

    private Checkpoints() {}

    /** Writes the body of a checkpoint. */
    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** Reads the body of a checkpoint. */
    public interface Reader {
        void read(DataInput in) throws IOException;
    }

    /**
     * Writes a checkpoint.
     *
     * @param training says in words which training it belongs to
     */
    public static void write(Path file, String training, Writer body) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
            out.writeInt(VERSION);
            out.writeUTF(training);
            body.write(out);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException when it belongs to another training
     */
    public static void read(Path file, String training, Reader body) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int version = in.readInt();
            String stored = in.readUTF();
            if (version < OLDEST_VERSION || version > VERSION || !stored.equals(training)) {
                throw new IOException("Checkpoint " + file + " belongs to " + stored + ", not to " + training
                        + ". Train into another folder, or delete the checkpoint.");
            }
            body.read(in);
        }
    }

    /** Writes the values without their number. */
    public static void writeFloats(DataOutput out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    /** Fills the array with values that {@link #writeFloats} wrote. */
    public static void readFloats(DataInput in, float[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
    }
}

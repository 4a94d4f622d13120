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
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reads and writes checkpoint files. A file consists of a format version, a description of the training that it belongs
 * to, and a body that the trainer defines. Files are written atomically: a failed write leaves the previous checkpoint
 * intact. Stateless.
 */
public final class Checkpoints {
    private static final int VERSION = 2;
    /** Oldest version that can still be read. */
    private static final int MIN_VERSION = 1;

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
     * @param training description of the training; {@link #read} requires the same text
     * @throws IOException if the file cannot be written; an existing checkpoint is unchanged
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
     * @throws IOException if the file cannot be read, is damaged, or belongs to another training
     */
    public static void read(Path file, String training, Reader body) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int version = in.readInt();
            if (version < MIN_VERSION || version > VERSION) {
                throw damaged(
                        file, "its format version is " + version + ", not " + MIN_VERSION + " to " + VERSION, null);
            }
            String stored = in.readUTF();
            if (!stored.equals(training)) {
                throw new IOException("Checkpoint " + file + " belongs to " + stored + ", not to " + training
                        + ". Use another folder, or delete the checkpoint.");
            }
            body.read(in);
        } catch (EOFException e) {
            throw damaged(file, "it ends too early, after " + Files.size(file) + " bytes", e);
        } catch (UTFDataFormatException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private static IOException damaged(Path file, String how, Exception cause) {
        return new IOException(
                "Checkpoint " + file + " is damaged: " + how
                        + ". Put back a copy of it if there is one; otherwise delete"
                        + " it, and the training begins anew.",
                cause);
    }

    /** Writes values without their count. */
    public static void writeFloats(DataOutput out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    /** Fills an array with values that {@link #writeFloats} wrote. */
    public static void readFloats(DataInput in, float[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
    }
}

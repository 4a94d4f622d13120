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
package io.clearline.job.operator;

import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of models and pins, between tasks and in checkpoints. */
final class ModelBytes {
    /** Stands for no model, in place of its length. */
    private static final int NONE = -1;

    private ModelBytes() {}

    static void writePin(ModelPin pin, DataOutput out) throws IOException {
        out.writeUTF(pin.name());
        out.writeUTF(pin.version());
        out.writeInt(pin.sampleRateHz());
        out.writeUTF(pin.weightsSha256());
        out.writeUTF(pin.cardSha256());
    }

    static ModelPin readPin(DataInput in) throws IOException {
        return new ModelPin(in.readUTF(), in.readUTF(), in.readInt(), in.readUTF(), in.readUTF());
    }

    /** Writes length and bytes of the weights, then of the card; null is written as -1. */
    static void writeModel(ModelFiles model, DataOutput out) throws IOException {
        if (model == null) {
            out.writeInt(NONE);
            return;
        }
        writeArray(model.tensors(), out);
        writeArray(model.card(), out);
    }

    /** Reads what {@link #writeModel} wrote, and returns the instance that the process shares. */
    static ModelFiles readModel(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        byte[] tensors = readArray(length, in);
        return new ModelFiles(tensors, readArray(in.readInt(), in)).shared();
    }

    private static void writeArray(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readArray(int length, DataInput in) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}

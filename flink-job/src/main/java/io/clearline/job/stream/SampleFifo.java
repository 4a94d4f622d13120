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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.dsp.StoredFloats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A growing queue of samples. Grows to the largest size that is needed and then allocates nothing. Not thread-safe. */
final class SampleFifo {
    private float[] samples = new float[1024];
    private int head;
    private int size;

    /** Returns the number of samples. */
    int size() {
        return size;
    }

    /** Appends {@code length} samples of {@code source}. */
    @HotPath
    void add(float[] source, int offset, int length) {
        if (head + size + length > samples.length) {
            reserve(length);
        }
        System.arraycopy(source, offset, samples, head + size, length);
        size += length;
    }

    /** Returns the array that holds the samples, the oldest at {@link #head()}. Valid until the next {@link #add}. */
    float[] array() {
        return samples;
    }

    /** Returns the index of the oldest sample in {@link #array()}. */
    int head() {
        return head;
    }

    /** Removes the {@code length} oldest samples. */
    @HotPath
    void remove(int length) {
        head += length;
        size -= length;
        if (size == 0) {
            head = 0;
        }
    }

    /** Moves the samples to the start of an array that has space for {@code length} more. */
    private void reserve(int length) {
        float[] target =
                size + length <= samples.length ? samples : new float[Math.max(2 * samples.length, size + length)];
        System.arraycopy(samples, head, target, 0, size);
        samples = target;
        head = 0;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(size);
        StoredFloats.write(out, samples, head, size);
    }

    void readFrom(DataInput in) throws IOException {
        head = 0;
        size = 0;
        int stored = in.readInt();
        reserve(stored);
        StoredFloats.read(in, samples, 0, stored);
        size = stored;
    }
}

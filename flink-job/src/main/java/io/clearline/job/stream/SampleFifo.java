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

/**
 * Finished samples that wait until they fill a frame: first in, first out. Grows to the largest frame once, then
 * allocates nothing.
 */
final class SampleFifo {
    private float[] samples = new float[1024];
    private int head;
    private int size;

    int size() {
        return size;
    }

    @HotPath
    void add(float[] source, int offset, int length) {
        if (head + size + length > samples.length) {
            makeRoom(length);
        }
        System.arraycopy(source, offset, samples, head + size, length);
        size += length;
    }

    /** The array that holds the samples; the oldest is at {@link #head()}. */
    float[] array() {
        return samples;
    }

    int head() {
        return head;
    }

    @HotPath
    void remove(int length) {
        head += length;
        size -= length;
        if (size == 0) {
            head = 0;
        }
    }

    private void makeRoom(int length) {
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
        makeRoom(stored);
        StoredFloats.read(in, samples, 0, stored);
        size = stored;
    }
}

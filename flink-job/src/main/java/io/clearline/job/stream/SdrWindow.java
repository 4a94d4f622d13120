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
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Position and progress of the window that a channel's SDR is estimated over. Part of the state of a stream. Not
 * thread-safe.
 */
final class SdrWindow {
    private static final int VERSION = 1;

    private long startMicros;
    private int hops;

    /** Returns the capture time of the window's first sample. */
    long startMicros() {
        return startMicros;
    }

    /** Returns how many hops of the window are finished. */
    int hops() {
        return hops;
    }

    /** Begins a window. */
    void startAt(long captureTimeMicros) {
        startMicros = captureTimeMicros;
        hops = 0;
    }

    /** Counts a finished hop. */
    @HotPath
    void addHop() {
        hops++;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        writeFields(out);
    }

    private void writeFields(DataOutput out) throws IOException {
        out.writeLong(startMicros);
        out.writeInt(hops);
    }

    void readFrom(DataInput in) throws IOException {
        Versions.read(in, "SDR window", VERSION);
        readFromStateVersion1(in);
    }

    /** Reads a window without a version number, as in state version 1. */
    void readFromStateVersion1(DataInput in) throws IOException {
        startMicros = in.readLong();
        hops = in.readInt();
    }
}

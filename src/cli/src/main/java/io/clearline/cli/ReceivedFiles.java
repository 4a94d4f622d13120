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
package io.clearline.cli;

import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the sessions of a stream to files: the first to the given file, the others to numbered ones beside it. */
final class ReceivedFiles {
    private final Path out;
    private int written;

    ReceivedFiles(Path out) {
        this.out = out;
    }

    /**
     * Writes a session to a new file, or to several if its sample rate or number of channels changes.
     *
     * @return the written files
     */
    List<Path> write(ReceivedStream session) throws IOException {
        List<ReceivedStream.Part> parts = session.parts();
        List<Path> files = new ArrayList<>();
        for (ReceivedStream.Part part : parts) {
            Path file = numbered(out, ++written);
            AudioFiles.writeWav(file, part.interleaved(), part.channels(), part.sampleRateHz());
            files.add(file);
        }
        return files;
    }

    /** Returns the file with a number before its extension, such as {@code a-2.wav}; for 1 the file itself. */
    static Path numbered(Path out, int number) {
        if (number == 1) {
            return out;
        }
        String name = out.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String numbered = dot < 1 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
        return out.resolveSibling(numbered);
    }
}

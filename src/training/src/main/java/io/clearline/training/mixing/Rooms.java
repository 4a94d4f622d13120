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
package io.clearline.training.mixing;

import io.clearline.training.corpus.CorpusLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A source of rooms for mixtures. If measured responses are available, half of the rooms use them. Thread-safe. */
public final class Rooms {
    /** Only simulated rooms. */
    public static final Rooms MADE_UP = new Rooms(null, 0);

    private final Recordings measured;
    private final int count;

    private Rooms(Recordings measured, int count) {
        this.measured = measured;
        this.count = count;
    }

    /**
     * Returns rooms with the measured impulse responses of a folder: WAV or FLAC files, or a known corpus.
     *
     * @throws IOException if there are none
     */
    public static Rooms ofFolder(Path folder, int sampleRateHz) throws IOException {
        List<Recordings.Source> responses = CorpusLayout.of(folder).items(folder, CorpusLayout.LayoutKind.ROOM).stream()
                .map(item -> new Recordings.Source(item.file(), item.minus()))
                .toList();
        if (responses.isEmpty()) {
            throw new IOException("Expected room impulse responses, WAV or FLAC, in " + folder + "; found none.");
        }
        return new Rooms(new Recordings(sampleRateHz, List.of(responses), true), responses.size());
    }

    /** Draws a room. */
    Room draw(SplittableRandom random, int sampleRateHz) {
        return count > 0 && random.nextBoolean()
                ? Room.measured(measured.whole(0, random.nextInt(count)), sampleRateHz)
                : Room.random(random, sampleRateHz);
    }
}

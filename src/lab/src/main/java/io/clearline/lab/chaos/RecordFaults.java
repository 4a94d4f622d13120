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
package io.clearline.lab.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a bad network does to records: each is doubled, dropped, changed places with the stream's next, corrupted or
 * truncated, with a rate of its own. Follows from the seed alone. A corrupted record never decodes to another frame:
 * its header is hit. Not thread-safe.
 */
public final class RecordFaults {
    private static final int HEADER_BYTES = 10;

    /**
     * How often, 0 to 1 each; together at most 1.
     *
     * @param reorder a record goes after the next of its stream
     */
    public record Rates(double duplicate, double drop, double reorder, double corrupt, double truncate) {
        /** A good network. */
        public static final Rates NONE = new Rates(0, 0, 0, 0, 0);

        public Rates {
            if (duplicate < 0
                    || drop < 0
                    || reorder < 0
                    || corrupt < 0
                    || truncate < 0
                    || duplicate + drop + reorder + corrupt + truncate > 1) {
                throw new IllegalArgumentException("Rates are 0 to 1, together at most 1; found " + duplicate + ", "
                        + drop + ", " + reorder + ", " + corrupt + ", " + truncate);
            }
        }

        /** The same rate for each kind. */
        public static Rates each(double rate) {
            return new Rates(rate, rate, rate, rate, rate);
        }
    }

    private final Rates rates;
    private final SplittableRandom random;
    private final Map<String, byte[]> heldBack = new HashMap<>();
    private long injected;

    public RecordFaults(Rates rates, long seed) {
        this.rates = rates;
        this.random = new SplittableRandom(seed);
    }

    /**
     * What becomes of a record: none, one or two records.
     *
     * @param last of its stream, which always arrives whole: without it nobody could tell that the stream is over
     */
    public List<byte[]> apply(String stream, byte[] value, boolean last) {
        List<byte[]> out = new ArrayList<>(2);
        byte[] before = heldBack.remove(stream);
        double dice = random.nextDouble();
        if (last || before != null) {
            out.add(value);
        } else if ((dice -= rates.duplicate) < 0) {
            out.addAll(List.of(value, value));
        } else if ((dice -= rates.drop) < 0) {
            injected++;
            return out;
        } else if ((dice -= rates.reorder) < 0) {
            heldBack.put(stream, value);
        } else if ((dice -= rates.corrupt) < 0) {
            byte[] corrupted = value.clone();
            corrupted[random.nextInt(HEADER_BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            out.add(corrupted);
        } else if (dice - rates.truncate < 0) {
            out.add(Arrays.copyOf(value, random.nextInt(value.length)));
        } else {
            out.add(value);
        }
        if (out.size() != 1 || out.get(0) != value) {
            injected++;
        }
        if (before != null) {
            // In front of the last frame, or the stream would be over before it.
            out.add(last ? 0 : out.size(), before);
        }
        return out;
    }

    /** Records that something happened to so far. */
    public long injected() {
        return injected;
    }
}

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
 * Damages records as a faulty network would: a record is duplicated, dropped, swapped with the next of its stream,
 * corrupted or truncated, each at a rate of its own. Corruption hits the header, so that a corrupted record never
 * decodes to another frame. Deterministic for a seed. Not thread-safe.
 */
public final class RecordFaults {
    private static final int HEADER_BYTES = 10;

    /**
     * Rate of each kind of fault, 0 to 1; their sum is at most 1.
     *
     * @param duplicate rate of records that come twice
     * @param drop rate of records that are lost
     * @param reorder rate of records that come after the next of their stream
     * @param corrupt rate of records with a flipped bit in the header
     * @param truncate rate of records that are cut off at a random length
     */
    public record Rates(double duplicate, double drop, double reorder, double corrupt, double truncate) {
        /** A network without faults. */
        public static final Rates NONE = new Rates(0, 0, 0, 0, 0);

        public Rates {
            if (duplicate < 0
                    || drop < 0
                    || reorder < 0
                    || corrupt < 0
                    || truncate < 0
                    || duplicate + drop + reorder + corrupt + truncate > 1) {
                throw new IllegalArgumentException("Expected rates from 0, in sum at most 1, found " + duplicate + ", "
                        + drop + ", " + reorder + ", " + corrupt + ", " + truncate);
            }
        }

        /** Returns the same rate for each kind. */
        public static Rates each(double rate) {
            return new Rates(rate, rate, rate, rate, rate);
        }
    }

    private final Rates rates;
    private final SplittableRandom random;
    private final Map<String, byte[]> delayed = new HashMap<>();
    private long injected;

    public RecordFaults(Rates rates, long seed) {
        this.rates = rates;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Returns the records that arrive in place of a record: none, or up to three if a delayed one follows.
     *
     * @param last whether it is the last record of its stream. It always arrives intact, because without it the end of
     *     the stream would be unknown
     */
    public List<byte[]> apply(String stream, byte[] value, boolean last) {
        List<byte[]> out = new ArrayList<>(2);
        byte[] before = delayed.remove(stream);
        double draw = random.nextDouble();
        if (last || before != null) {
            out.add(value);
        } else if ((draw -= rates.duplicate) < 0) {
            out.addAll(List.of(value, value));
        } else if ((draw -= rates.drop) < 0) {
            injected++;
            return out;
        } else if ((draw -= rates.reorder) < 0) {
            delayed.put(stream, value);
        } else if ((draw -= rates.corrupt) < 0) {
            byte[] corrupted = value.clone();
            corrupted[random.nextInt(HEADER_BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            out.add(corrupted);
        } else if (draw - rates.truncate < 0) {
            out.add(Arrays.copyOf(value, random.nextInt(value.length)));
        } else {
            out.add(value);
        }
        if (out.size() != 1 || out.get(0) != value) {
            injected++;
        }
        if (before != null) {
            // Before the last frame, which ends the stream.
            out.add(last ? 0 : out.size(), before);
        }
        return out;
    }

    /** Returns the number of damaged records so far. */
    public long injected() {
        return injected;
    }
}

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
package io.clearline.lab.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds how many streams are carried: short probes first, each further up as long as all is well, then between the best
 * good one and the worst bad one, then a long stretch that confirms.
 */
public final class CapacitySearch {
    /** What can be tried. */
    public interface Trial {
        /** Measures with so many streams, for a short time or for the whole minute. */
        PipelineMeasurement measure(int streams, boolean confirm) throws IOException;
    }

    /** Brings what was overloaded back to rest. */
    public interface Recovery {
        /** Returns when frames are in time again. */
        void recover() throws IOException;
    }

    private static final double STEP_UP = 1.5;
    private static final double STEP_DOWN = 0.95;
    /** Probes this close together, as a share of the count, are not worth another between them. */
    private static final double NEAR = 0.04;

    private static final int CONFIRMATIONS = 5;

    private final Trial trial;
    private final Recovery recovery;
    private final Consumer<PipelineMeasurement> progress;
    private final List<PipelineMeasurement> probes = new ArrayList<>();

    public CapacitySearch(Trial trial, Recovery recovery, Consumer<PipelineMeasurement> progress) {
        this.trial = trial;
        this.recovery = recovery;
        this.progress = progress;
    }

    /** Everything that was measured on the way, in its order. */
    public List<PipelineMeasurement> probes() {
        return List.copyOf(probes);
    }

    /**
     * The largest number that was carried for the long stretch.
     *
     * @param start where to begin
     * @throws IOException when nothing is carried
     */
    public PipelineMeasurement find(int start) throws IOException {
        int good = 0;
        int bad = Integer.MAX_VALUE;
        int next = start;
        while (next > good && next < bad) {
            // A neighbour's burst is not this number's fault: one that fails is tried again.
            if (probe(next, false).carried() || probe(next, false).carried()) {
                good = next;
            } else {
                bad = next;
            }
            next = between(good, bad);
        }
        return confirm(good);
    }

    private static int between(int good, int bad) {
        if (bad == Integer.MAX_VALUE) {
            return (int) Math.ceil(good * STEP_UP);
        }
        return bad - good <= Math.max(1, NEAR * good) ? good : (good + bad) / 2;
    }

    private PipelineMeasurement confirm(int good) throws IOException {
        int streams = good;
        for (int i = 0; i < CONFIRMATIONS && streams > 0; i++) {
            PipelineMeasurement whole = probe(streams, true);
            if (whole.carried()) {
                return whole;
            }
            streams = (int) Math.min(streams - 1, streams * STEP_DOWN);
        }
        throw new IOException("No number of streams was carried for the whole time; the last that was tried is "
                + (probes.isEmpty() ? "none" : probes.get(probes.size() - 1)) + ".");
    }

    private PipelineMeasurement probe(int streams, boolean whole) throws IOException {
        PipelineMeasurement measurement = trial.measure(streams, whole);
        probes.add(measurement);
        progress.accept(measurement);
        if (!measurement.carried()) {
            recovery.recover();
        }
        return measurement;
    }
}

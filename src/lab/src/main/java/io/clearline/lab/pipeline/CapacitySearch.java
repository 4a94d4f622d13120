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
 * Finds the largest number of streams that a job carries.
 *
 * <p>Short probes increase the number by half until one fails, and then bisect between the largest number that was
 * carried and the smallest that was not. A long measurement confirms the result; each time that it fails, the number is
 * reduced by 5 % and measured again. Thread-confined.
 */
public final class CapacitySearch {
    /** Measures a number of streams. */
    public interface Trial {
        /**
         * Measures the given number of streams.
         *
         * @param confirm whether to measure for the full time instead of a short probe
         */
        PipelineMeasurement measure(int streams, boolean confirm) throws IOException;
    }

    /** Brings an overloaded job back into a normal state. */
    public interface Recovery {
        /** Removes the load and returns when frames are in time again. */
        void recover() throws IOException;
    }

    private static final double STEP_UP = 1.5;
    private static final double STEP_DOWN = 0.95;
    /** The bisection ends when its bounds differ by at most this share. */
    private static final double TOLERANCE = 0.04;

    private static final int MAX_CONFIRMATIONS = 5;

    private final Trial trial;
    private final Recovery recovery;
    private final Consumer<PipelineMeasurement> progress;
    private final List<PipelineMeasurement> probes = new ArrayList<>();

    /**
     * Prepares a search.
     *
     * @param recovery called after each measurement that failed
     * @param progress receives each measurement
     */
    public CapacitySearch(Trial trial, Recovery recovery, Consumer<PipelineMeasurement> progress) {
        this.trial = trial;
        this.recovery = recovery;
        this.progress = progress;
    }

    /** Returns all measurements so far in their order. */
    public List<PipelineMeasurement> probes() {
        return List.copyOf(probes);
    }

    /**
     * Returns the confirmed measurement of the largest number of streams.
     *
     * @param start number of streams of the first probe
     * @throws IOException if no number was confirmed
     */
    public PipelineMeasurement find(int start) throws IOException {
        int good = 0;
        int bad = Integer.MAX_VALUE;
        int next = start;
        while (next > good && next < bad) {
            // Other work on the machine may have caused the failure: the number counts as too high at the second one.
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
        return bad - good <= Math.max(1, TOLERANCE * good) ? good : (good + bad) / 2;
    }

    private PipelineMeasurement confirm(int good) throws IOException {
        int streams = good;
        for (int i = 0; i < MAX_CONFIRMATIONS && streams > 0; i++) {
            PipelineMeasurement measurement = probe(streams, true);
            if (measurement.carried()) {
                return measurement;
            }
            streams = (int) Math.min(streams - 1, streams * STEP_DOWN);
        }
        throw new IOException("No number of streams was carried for the full time; start with fewer --streams."
                + " The last measurement: " + (probes.isEmpty() ? "none" : probes.get(probes.size() - 1)) + ".");
    }

    private PipelineMeasurement probe(int streams, boolean confirm) throws IOException {
        PipelineMeasurement measurement = trial.measure(streams, confirm);
        probes.add(measurement);
        progress.accept(measurement);
        if (!measurement.carried()) {
            recovery.recover();
        }
        return measurement;
    }
}

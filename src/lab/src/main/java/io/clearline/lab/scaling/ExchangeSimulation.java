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
package io.clearline.lab.scaling;

import io.clearline.kafka.FrameGathering;
import io.clearline.lab.pipeline.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Discrete-event simulation of a job under live streams. Each subtask fetches frames from Kafka, decodes them, and
 * sends one buffer to each subtask that enhances some of them. The receiver gathers hops with the job's own
 * {@link FrameGathering}, computes them as a batch, and writes the frames to Kafka. A subtask has one core, which
 * performs one operation at a time. Times are in nanoseconds since the start. Thread-confined.
 */
final class ExchangeSimulation {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_MILLI = 1000 * NANOS_PER_MICRO;
    private static final double MICROS_PER_MILLI = 1000;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long FRAME_NANOS = 20 * NANOS_PER_MILLI;
    /** Interval at which a gateway with many sessions writes its frames together. */
    private static final long GATEWAY_INTERVAL_NANOS = 4 * NANOS_PER_MILLI;

    private static final int STREAMS_PER_GATEWAY = 500;
    /** Delay from a record in Kafka to the consumer that waits for it, and from a request to its record in Kafka. */
    private static final long BROKER_NANOS = NANOS_PER_MILLI;
    /** Defaults of the job: {@code clearline.batch.linger}, and the number of hops that a batch waits for. */
    private static final long BATCH_LINGER_MILLIS = 5;

    private static final int TARGET_HOPS = 16;
    /** Offset between two gateways: the golden section of the interval, which spreads them evenly. */
    private static final long GATEWAY_SHIFT_NANOS = 2_472_136;

    private static final long WARM_UP_NANOS = 1000 * NANOS_PER_MILLI;

    /** An event of a subtask; each frame is represented by its time of arrival in Kafka. */
    private record Event(long at, int subtask, Kind kind, long[] frames) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return Long.compare(at, other.at);
        }
    }

    private enum Kind {
        FETCH,
        RECEIVE,
        RECEIVE_REMOTE,
        BATCH
    }

    /** State of a core, which runs a subtask of the source and one of the operator. */
    private static final class Subtask {
        /**
         * For each stream of the source: offset of its frames within a frame's duration, ascending, and enhancing
         * subtask.
         */
        private long[] phases = new long[0];

        private int[] targets = new int[0];
        /** Number of frames fetched since the start. */
        private long fetched;

        private long freeAt;
        private long busyNanos;
        private final FrameGathering gathering = new FrameGathering(BATCH_LINGER_MILLIS, TARGET_HOPS);
        private long[] waiting = new long[16];
        private int hops;

        private long nextArrival() {
            return phases[(int) (fetched % phases.length)] + fetched / phases.length * FRAME_NANOS;
        }

        private int nextTarget() {
            return targets[(int) (fetched % phases.length)];
        }

        /** Occupies the core for a time, from when it is free, and returns the end. */
        private long work(long now, long nanos) {
            freeAt = Math.max(now, freeAt) + nanos;
            busyNanos += nanos;
            return freeAt;
        }

        private void add(long frame) {
            if (hops == waiting.length) {
                waiting = Arrays.copyOf(waiting, 2 * hops);
            }
            waiting[hops++] = frame;
        }
    }

    private final Deployment deployment;
    private final ExchangeCosts costs;
    private final Subtask[] subtasks;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Histogram latencyMicros = new Histogram(SIGNIFICANT_DIGITS);
    private long buffers;
    private long frames;

    /** @param seed seed of the offsets of the streams within a frame's duration */
    ExchangeSimulation(Deployment deployment, ExchangeCosts costs, int streams, long seed) {
        this.deployment = deployment;
        this.costs = costs;
        subtasks = new Subtask[deployment.subtasks()];
        Arrays.setAll(subtasks, i -> new Subtask());
        assign(streams, new SplittableRandom(seed));
    }

    private void assign(int streams, SplittableRandom random) {
        List<List<long[]>> bySource = new ArrayList<>();
        for (int i = 0; i < subtasks.length; i++) {
            bySource.add(new ArrayList<>());
        }
        for (int i = 0; i < streams; i++) {
            String id = "stream-" + i;
            long gatewayNanos = i / STREAMS_PER_GATEWAY * GATEWAY_SHIFT_NANOS % GATEWAY_INTERVAL_NANOS;
            long interval = random.nextLong(FRAME_NANOS) / GATEWAY_INTERVAL_NANOS;
            long written = interval * GATEWAY_INTERVAL_NANOS + gatewayNanos;
            long[] phaseAndTarget = {written, deployment.target(id)};
            bySource.get(deployment.source(id)).add(phaseAndTarget);
        }
        for (int i = 0; i < subtasks.length; i++) {
            List<long[]> own = bySource.get(i);
            own.sort((a, b) -> Long.compare(a[0], b[0]));
            subtasks[i].phases = own.stream().mapToLong(each -> each[0]).toArray();
            subtasks[i].targets = own.stream().mapToInt(each -> (int) each[1]).toArray();
        }
    }

    /** Simulates the given time after a second of warm-up. */
    ExchangeResult run(double seconds) {
        for (int i = 0; i < subtasks.length; i++) {
            fetchNext(i, 0);
        }
        long end = WARM_UP_NANOS + (long) (1e9 * seconds);
        boolean warm = false;
        for (Event next = events.poll(); next != null && next.at < end; next = events.poll()) {
            if (!warm && next.at >= WARM_UP_NANOS) {
                warm = true;
                resetStatistics();
            }
            handle(next);
        }
        double[] loads = Arrays.stream(subtasks)
                .mapToDouble(each -> each.busyNanos / (1e9 * seconds))
                .toArray();
        return new ExchangeResult(
                latencyMicros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                latencyMicros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                Rounding.of(Arrays.stream(loads).average().orElse(0)),
                Rounding.of(Arrays.stream(loads).max().orElse(0)),
                Rounding.of((double) frames / Math.max(1, buffers)));
    }

    private void resetStatistics() {
        latencyMicros.reset();
        buffers = 0;
        frames = 0;
        for (Subtask each : subtasks) {
            each.busyNanos = 0;
        }
    }

    private void handle(Event event) {
        switch (event.kind) {
            case FETCH -> fetch(event.subtask, event.at);
            case RECEIVE -> receive(event.subtask, event.at, event.frames, 0);
            case RECEIVE_REMOTE -> receive(event.subtask, event.at, event.frames, costs.remoteBuffer());
            case BATCH -> batch(event.subtask, event.at);
        }
    }

    private void fetchNext(int index, long now) {
        Subtask subtask = subtasks[index];
        if (subtask.phases.length > 0) {
            long at = Math.max(now, subtask.nextArrival() + BROKER_NANOS);
            events.add(new Event(at, index, Kind.FETCH, null));
        }
    }

    /** Fetches the frames that have arrived in Kafka and sends them to the enhancing subtasks. */
    private void fetch(int index, long now) {
        Subtask subtask = subtasks[index];
        if (subtask.freeAt > now) {
            events.add(new Event(subtask.freeAt, index, Kind.FETCH, null));
            return;
        }
        List<long[]> taken = new ArrayList<>();
        while (subtask.nextArrival() + BROKER_NANOS <= now) {
            taken.add(new long[] {subtask.nextTarget(), subtask.nextArrival()});
            subtask.fetched++;
        }
        taken.sort((a, b) -> Long.compare(a[0], b[0]));
        long done = subtask.work(now, costs.fetch() + taken.size() * costs.inputRecord());
        for (int from = 0; from < taken.size(); ) {
            int to = from;
            while (to < taken.size() && taken.get(to)[0] == taken.get(from)[0]) {
                to++;
            }
            done = send(index, (int) taken.get(from)[0], taken.subList(from, to), now);
            from = to;
        }
        frames += taken.size();
        fetchNext(index, done);
    }

    private long send(int from, int to, List<long[]> taken, long now) {
        boolean local = deployment.inSameTaskManager(from, to);
        long done = subtasks[from].work(now, local ? costs.localBuffer() : costs.remoteBuffer());
        long[] arrivals = taken.stream().mapToLong(each -> each[1]).toArray();
        events.add(new Event(done, to, local ? Kind.RECEIVE : Kind.RECEIVE_REMOTE, arrivals));
        buffers++;
        return done;
    }

    private void receive(int index, long now, long[] arrivals, long cost) {
        Subtask subtask = subtasks[index];
        boolean first = subtask.hops == 0;
        long done = subtask.work(now, cost);
        for (long arrival : arrivals) {
            subtask.gathering.countFrame();
            subtask.add(arrival);
        }
        if (first) {
            long waitNanos = subtask.gathering.waitMillis(now / NANOS_PER_MILLI) * NANOS_PER_MILLI;
            events.add(new Event(Math.max(now + waitNanos, done), index, Kind.BATCH, null));
        }
    }

    private void batch(int index, long now) {
        Subtask subtask = subtasks[index];
        if (subtask.freeAt > now) {
            events.add(new Event(subtask.freeAt, index, Kind.BATCH, null));
            return;
        }
        int hops = subtask.hops;
        long done = subtask.work(now, costs.batch() + costs.request() + hops * (costs.hop() + costs.outputRecord()));
        for (int i = 0; i < hops; i++) {
            latencyMicros.recordValue((done + BROKER_NANOS - subtask.waiting[i]) / NANOS_PER_MICRO);
        }
        subtask.hops = 0;
    }
}

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

import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures the job in replay mode on stored streams. Stateless. */
public final class ReplayRun {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private ReplayRun() {}

    /**
     * Stores the streams, replays them once, and measures the replay.
     *
     * @param streams number of streams
     * @param secondsPerStream length of each stream
     * @param batchWidth batch width of the job, of which the fill is a share
     */
    public static ReplayMeasurement run(
            PipelineSettings settings, AudioPool audio, int streams, double secondsPerStream, int batchWidth)
            throws IOException {
        long framesPerStream = (long) (secondsPerStream * 1000 / AudioPool.FRAME_MILLIS);
        try (PipelineProcesses processes = PipelineProcesses.start(settings)) {
            StoredStreams.write(
                    processes.bootstrapServers(), Topics.DEFAULT.rawFrames(), audio, streams, framesPerStream);
            processes.startJob();
            processes.jobMeter().begin();
            awaitFrames(processes, "framesEnhancing", 1);
            long start = System.nanoTime();
            awaitFrames(processes, "framesOut", streams * framesPerStream);
            double wallSeconds = (System.nanoTime() - start) / 1e9;
            ProcessUse job = processes.jobMeter().end();
            return summary(settings, streams, secondsPerStream, batchWidth, wallSeconds, job);
        }
    }

    private static void awaitFrames(PipelineProcesses processes, String counter, long frames) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (processes.jobMeter().state().counters().getOrDefault(counter, 0L) < frames) {
            processes.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new IOException("Waited " + TIMEOUT.toMinutes() + " minutes for " + counter + " to reach "
                        + frames + "; see " + processes.job().log());
            }
            Await.pause(POLL_INTERVAL, "the replay");
        }
    }

    private static ReplayMeasurement summary(
            PipelineSettings settings,
            int streams,
            double secondsPerStream,
            int batchWidth,
            double wallSeconds,
            ProcessUse job) {
        double audioSeconds = streams * secondsPerStream;
        Map<String, Double> cpu = new LinkedHashMap<>();
        job.partNanos().forEach((part, nanos) -> cpu.put(part.label(), Rounding.of(nanos / 1e6 / audioSeconds)));
        double hops = job.counters().getOrDefault("hops", 0L);
        long batches = Math.max(1, job.counters().getOrDefault("batches", 0L));
        return new ReplayMeasurement(
                streams,
                secondsPerStream,
                settings.parallelism(),
                settings.jobCores(),
                Rounding.of(wallSeconds),
                Rounding.of(audioSeconds / wallSeconds),
                Rounding.of(hops / batches / batchWidth),
                cpu,
                Rounding.of(job.operatorKernelShare()),
                Rounding.of(job.gcPauseMillisMax()));
    }
}

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
package io.clearline.lab.calls;

import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.lab.pipeline.Rounding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Quality of calls through a gateway before, during and after an outage of its broker. The component names are the keys
 * of the result file. Immutable.
 *
 * @param calls number of concurrent calls
 * @param link faults of the network between callers and gateway
 * @param job program in place of the job
 * @param before measurements before the outage
 * @param outage the outage and the recovery from it
 * @param after measurements after the recovery
 * @param liveHeapMegabytes heap of the gateway after a full collection: at the start, before the outage, at the end
 * @param addedDelay delay in the gateway since its start, from the arrival of a packet until it is played
 * @param sessionsLost number of calls without a session at the end
 * @param sourceChanges number of times that a session restarted; 0 is expected
 */
public record CallsMeasurement(
        int calls,
        LinkFaults link,
        String job,
        List<Stretch> before,
        Outage outage,
        List<Stretch> after,
        List<Double> liveHeapMegabytes,
        Delay addedDelay,
        int sessionsLost,
        long sourceChanges) {
    private static final int STRETCH_SECONDS = 60;
    private static final double MEGABYTE = 1 << 20;

    /** Median and 99th percentile of a delay; a delay above 500 ms counts as 500 ms. */
    public record Delay(int p50Millis, int p99Millis) {}

    /** Average number of cores that each process kept busy. */
    public record Cores(double gateway, double broker, double job, double callers) {}

    /**
     * Measurement of one period without an outage.
     *
     * @param seconds duration
     * @param sessions number of sessions at the end
     * @param frames number of frames that were played
     * @param dryShare share of them that was not enhanced, 0 to 1
     * @param mouthToEar delay from speaking to hearing, including the jitter of the network
     * @param gatewayMillisPerCall milliseconds of the gateway's processor time for one second of one call
     * @param cores average number of cores that each process kept busy
     * @param residentMegabytes resident memory of the gateway's process at the end
     * @param callersLateMillis maximum lateness of the callers themselves, caused by a lack of processor time
     */
    public record Stretch(
            double seconds,
            int sessions,
            long frames,
            double dryShare,
            Delay mouthToEar,
            double gatewayMillisPerCall,
            Cores cores,
            double residentMegabytes,
            int callersLateMillis) {}

    /**
     * The outage of the broker and the recovery from it.
     *
     * @param awaySeconds time from the kill to the restart of the broker
     * @param sessions number of sessions at the restart
     * @param startSeconds time from the restart to the first answer of the broker
     * @param enhancedAfterSeconds time from that answer until nine of ten frames of all calls were enhanced
     * @param mouthToEar delay from speaking to hearing, from the kill until then
     */
    public record Outage(
            double awaySeconds, int sessions, double startSeconds, double enhancedAfterSeconds, Delay mouthToEar) {}

    /**
     * Measures before, during and after an outage of the broker, in periods of at most a minute.
     *
     * @param seconds duration before the outage, and again after it
     * @param outageSeconds duration of the outage
     */
    public static CallsMeasurement of(CallsRun run, double seconds, double outageSeconds) throws IOException {
        List<Double> heap = new ArrayList<>();
        heap.add(liveHeap(run));
        List<Stretch> before = stretches(run, seconds);
        heap.add(liveHeap(run));
        Outage outage = run.outage(outageSeconds);
        List<Stretch> after = stretches(run, seconds);
        CallsRun.Counts end = run.counts();
        heap.add(liveHeap(run));
        return new CallsMeasurement(
                run.calls(),
                run.link(),
                PassThroughJob.MODEL,
                before,
                outage,
                after,
                heap,
                end.addedDelay(),
                run.calls() - end.sessions(),
                end.sourceChanges());
    }

    private static double liveHeap(CallsRun run) throws IOException {
        return Rounding.of(run.liveHeapBytes() / MEGABYTE);
    }

    private static List<Stretch> stretches(CallsRun run, double seconds) throws IOException {
        List<Stretch> all = new ArrayList<>();
        int count = (int) Math.ceil(seconds / STRETCH_SECONDS);
        for (int i = 0; i < count; i++) {
            all.add(run.measure(seconds / count));
        }
        return all;
    }

    /** Returns a table with one line for each period, the outage, and the lost calls. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d calls of PCMU, %.1f %% of the packets lost, %d ms jitter, %.1f %% twice. In place of the job: %s,"
                        + " which changes no sample.%n%-7s %8s %9s %7s %9s %9s %11s %8s %8s %8s %8s %7s %6s%n",
                calls,
                100 * link.lossShare(),
                link.jitterMillis(),
                100 * link.duplicateShare(),
                job,
                "",
                "sessions",
                "frames",
                "dry %",
                "m2e p50",
                "m2e p99",
                "ms/call*s",
                "gateway",
                "broker",
                "job",
                "callers",
                "MB",
                "late"));
        before.forEach(each -> text.append(line("before", each)));
        text.append(outageLine());
        after.forEach(each -> text.append(line("after", each)));
        return text.append(String.format(
                        Locale.ROOT,
                        "m2e: mouth-to-ear delay, ms. ms/call*s: processor time of the gateway. gateway to callers:"
                                + " cores kept busy. MB: resident. late: lateness of the callers, ms.%n"
                                + "Delay in the gateway since its start: p50 %d ms, p99 %d ms. Live heap %s MB."
                                + " Sessions lost: %d; restarted: %d.",
                        addedDelay.p50Millis,
                        addedDelay.p99Millis,
                        liveHeapMegabytes,
                        sessionsLost,
                        sourceChanges))
                .toString();
    }

    private String outageLine() {
        return String.format(
                Locale.ROOT,
                "Broker killed for %.1f s, %d sessions at the end of that. It answered %.1f s after its restart, and"
                        + " calls were enhanced again %.1f s later. Mouth-to-ear delay meanwhile: p50 %d ms, p99 %d"
                        + " ms.%n",
                outage.awaySeconds,
                outage.sessions,
                outage.startSeconds,
                outage.enhancedAfterSeconds,
                outage.mouthToEar.p50Millis,
                outage.mouthToEar.p99Millis);
    }

    private static String line(String when, Stretch each) {
        return String.format(
                Locale.ROOT,
                "%-7s %8d %9d %7.3f %9d %9d %11.2f %8.2f %8.2f %8.2f %8.2f %7.0f %6d%n",
                when,
                each.sessions,
                each.frames,
                100 * each.dryShare,
                each.mouthToEar.p50Millis,
                each.mouthToEar.p99Millis,
                each.gatewayMillisPerCall,
                each.cores.gateway,
                each.cores.broker,
                each.cores.job,
                each.cores.callers,
                each.residentMegabytes,
                each.callersLateMillis);
    }
}

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
 * What calls through a gateway were like before, while and after its broker was away.
 *
 * @param link what the network between callers and gateway did
 * @param job what answered in the place of the job
 * @param liveHeapMegabytes of the gateway after a full collection, before the first stretch, before the outage, and
 *     after the last stretch
 * @param addedDelay in the gateway, from a packet's arrival until it was played, since the start
 * @param sessionsLost calls that had no session at the end
 * @param sourceChanges sessions that began anew, which none should
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

    /** Half of all and 99 % of all are no longer; 500 and more count as 500. */
    public record Delay(int p50Millis, int p99Millis) {}

    /** Cores that each process kept busy. */
    public record Cores(double gateway, double broker, double job, double callers) {}

    /**
     * Some time of undisturbed calls.
     *
     * @param frames that were played
     * @param dryShare of them, 0 to 1
     * @param mouthToEar from speaking until it was heard, with the network's jitter
     * @param gatewayMillisPerCall processor time of the gateway for a second of a call
     * @param residentMegabytes memory of the gateway's process at the end
     * @param callersLateMillis by how much the callers themselves were late at most, for want of a processor
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
     * The broker's absence.
     *
     * @param awaySeconds from its kill until it was started again
     * @param sessions at the end of that
     * @param startSeconds it took to answer
     * @param enhancedAfterSeconds from its first answer until nine of ten frames of all calls were enhanced
     * @param mouthToEar from the kill until then
     */
    public record Outage(
            double awaySeconds, int sessions, double startSeconds, double enhancedAfterSeconds, Delay mouthToEar) {}

    /** Measures so long before and so long after an outage, a minute a stretch. */
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

    /** A line for each stretch, and what became of the calls. */
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
                        "m2e: mouth to ear, ms. ms/call*s: processor time of the gateway. gateway to callers: cores"
                                + " kept busy. MB: resident. late: the callers themselves, ms.%n"
                                + "In the gateway: p50 %d ms, p99 %d ms since the start. Live heap %s MB."
                                + " Sessions lost: %d; begun anew: %d.",
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
                "Broker killed for %.1f s, %d sessions then; it answered %.1f s after its start, and %.1f s later calls"
                        + " were enhanced again; mouth to ear meanwhile p50 %d ms, p99 %d ms.%n",
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

package io.clearline.testkit.cluster.chaos;

/**
 * How long it took after SIGKILL to one of two TaskManagers.
 *
 * @param firstNewFrameSeconds until, after the longest silence, the first frame came out that was sent after the kill
 * @param steadySeconds until the last frame that took more than {@code steadyMillis} was out
 * @param p50BeforeMillis median latency before the kill
 * @param p50AfterMillis median latency in the last ten seconds
 */
public record RecoveryResult(
        int streams,
        long frames,
        double firstNewFrameSeconds,
        double steadySeconds,
        int steadyMillis,
        double p50BeforeMillis,
        double p50AfterMillis) {}

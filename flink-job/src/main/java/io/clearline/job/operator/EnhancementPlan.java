package io.clearline.job.operator;

import io.clearline.job.JobMode;
import io.clearline.job.KernelChoice;
import io.clearline.job.Topics;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.StreamRules;
import java.io.Serializable;
import java.util.List;

/**
 * What the enhancement operator is told when the job is submitted.
 *
 * @param models at most one for each sample rate
 * @param batchWidth hops that share a kernel call
 * @param lingerMillis LIVE: how long a hop may wait for others; 0 until the input is empty
 * @param idleTimeoutMillis LIVE: after so long without a frame a stream is closed
 * @param overload LIVE: what happens when more comes than can be enhanced in time
 */
public record EnhancementPlan(
        JobMode mode,
        Topics topics,
        List<ShippedModel> models,
        KernelChoice kernel,
        int batchWidth,
        long lingerMillis,
        StreamRules rules,
        long idleTimeoutMillis,
        OverloadRules overload)
        implements Serializable {}

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
package io.clearline.job.operator;

import io.clearline.dsp.HotPath;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.FrameGathering;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Runs a batch that is not full. In LIVE it runs when the input is momentarily empty, or when its hops have waited for
 * others long enough. In REPLAY batches run when they are full. Confined to the task's thread.
 */
final class BatchTrigger {
    /**
     * Number of hops to wait for, beyond which the fixed cost of a batch is small. On average, each frame yields one
     * hop.
     */
    private static final int TARGET_HOPS = 16;

    /** Shown by Flink for the mail that runs the batch. */
    private static final String MAIL_DESCRIPTION = "run the batch when the input is empty";

    private final boolean live;
    private final FrameGathering gathering;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final StreamProcessor processor;
    /** Created once, so that scheduling the mail allocates no lambda. */
    private final ThrowingRunnable<Exception> whenIdle = this::runWhenIdle;
    /** Whether a mail or a timer is pending that will run the batch. */
    private boolean scheduled;

    BatchTrigger(EnhancementPlan plan, MailboxExecutor mailbox, ProcessingTimeService time, StreamProcessor processor) {
        live = plan.mode() == DeliveryMode.LIVE;
        gathering = new FrameGathering(plan.batch().lingerMillis(), TARGET_HOPS);
        this.mailbox = mailbox;
        this.time = time;
        this.processor = processor;
    }

    /** Must be called after each frame. Ensures that the hops that wait now will run in time. */
    @HotPath
    void afterFrame() {
        gathering.countFrame();
        if (live && !scheduled && processor.pendingHops() > 0) {
            schedule();
        }
    }

    private void schedule() {
        scheduled = true;
        long now = time.getCurrentProcessingTime();
        long wait = gathering.waitMillis(now);
        if (wait == 0) {
            mailbox.execute(whenIdle, MAIL_DESCRIPTION);
        } else {
            // Flink fires a timer one millisecond after its timestamp.
            time.registerTimer(now + wait - 1, fired -> run());
        }
    }

    /** Runs the batch if no input is waiting, or else enqueues itself again behind that input. */
    private void runWhenIdle() {
        if (processor.pendingHops() > 0 && hasInput()) {
            mailbox.execute(whenIdle, MAIL_DESCRIPTION);
        } else {
            run();
        }
    }

    /** Returns whether input is waiting for the task's thread. */
    boolean hasInput() {
        return mailbox instanceof MailboxExecutorImpl executor && !executor.isIdle();
    }

    private void run() {
        scheduled = false;
        processor.flush();
    }
}

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
 * Runs a batch that does not fill: live when the input is momentarily empty, or when its hops have waited for others. A
 * replay waits for full batches. On the task's thread alone.
 */
final class BatchTrigger {
    /** What a batch costs beside so many hops is a small share. A hop comes with each frame, on average. */
    private static final int ENOUGH_HOPS = 16;

    private static final String WHY = "run the batch when the input is empty";

    private final boolean live;
    private final FrameGathering gathering;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final StreamProcessor processor;
    private final ThrowingRunnable<Exception> whenIdle = this::runWhenIdle;
    private boolean scheduled;

    BatchTrigger(EnhancementPlan plan, MailboxExecutor mailbox, ProcessingTimeService time, StreamProcessor processor) {
        live = plan.mode() == DeliveryMode.LIVE;
        gathering = new FrameGathering(plan.batch().lingerMillis(), ENOUGH_HOPS);
        this.mailbox = mailbox;
        this.time = time;
        this.processor = processor;
    }

    /** After each frame: hops that wait now are sure to run in time. */
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
            mailbox.execute(whenIdle, WHY);
        } else {
            // A timer fires in the millisecond after the one it names.
            time.registerTimer(now + wait - 1, fired -> run());
        }
    }

    private void runWhenIdle() {
        if (processor.pendingHops() > 0 && hasInput()) {
            mailbox.execute(whenIdle, WHY);
        } else {
            run();
        }
    }

    /** Whether something waits for its turn on the task's thread. */
    boolean hasInput() {
        return mailbox instanceof MailboxExecutorImpl executor && !executor.isIdle();
    }

    private void run() {
        scheduled = false;
        processor.flush();
    }
}

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
import io.clearline.job.stream.StreamRules;
import io.clearline.job.stream.StreamState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Brings out what streams hold for a next frame that does not come: live, when the time is over that they may wait. A
 * replay waits for counts alone. On the task's thread alone.
 */
final class OverdueFrames {
    /** After a restore the source has to find its place before the next frames can come. */
    private static final long RESTORED_WAIT_MILLIS = 2_000;
    /**
     * Streams that are released at a time. Thousands may be due at once, after a restore; frames of others and barriers
     * of checkpoints have their turn in between.
     */
    static final int MAX_STREAMS_AT_A_TIME = 16;

    private final OverdueStreams overdue;
    private final ReleaseTurns turns = new ReleaseTurns();
    private final ProcessingTimeService time;
    private final BatchTrigger input;
    private final StreamStates streams;
    private final StreamProcessor processor;
    private boolean scheduled;

    /** @param input knows whether frames wait for their turn */
    OverdueFrames(
            StreamRules rules,
            ProcessingTimeService time,
            BatchTrigger input,
            StreamStates streams,
            StreamProcessor processor) {
        overdue = rules.hasTimeout() ? new OverdueStreams(rules.reorderTimeoutMillis()) : null;
        this.time = time;
        this.input = input;
        this.streams = streams;
        this.processor = processor;
    }

    /** A stream was open when the job was restored. */
    void restored(StreamState stream, long nowMillis) {
        if (overdue != null) {
            overdue.waitRestored(stream.streamId(), nowMillis + RESTORED_WAIT_MILLIS);
            schedule();
        }
    }

    /** A stream has taken a frame. */
    @HotPath
    void afterFrame(StreamState stream, long nowMillis) {
        if (overdue == null) {
            return;
        }
        if (stream.holdsFrames()) {
            overdue.wait(stream.streamId(), nowMillis);
            schedule();
        } else {
            overdue.remove(stream.streamId());
        }
    }

    @HotPath
    private void schedule() {
        if (!scheduled && !overdue.isEmpty()) {
            releaseAt(overdue.firstMillis());
        }
    }

    private void releaseAt(long millis) {
        scheduled = true;
        time.registerTimer(millis, now -> release());
    }

    private void release() throws Exception {
        scheduled = false;
        if (overdue.isEmpty()) {
            return;
        }
        long nowMillis = time.getCurrentProcessingTime();
        if (turns.isDue(overdue.firstMillis(), nowMillis, input.hasInput())) {
            processor.release(due(nowMillis));
            nowMillis = time.getCurrentProcessingTime();
            turns.released(nowMillis);
        }
        if (!overdue.isEmpty()) {
            releaseAt(turns.nextMillis(overdue.firstMillis(), nowMillis, input.hasInput()));
        }
    }

    private List<StreamState> due(long nowMillis) throws Exception {
        List<StreamState> due = new ArrayList<>(MAX_STREAMS_AT_A_TIME);
        while (due.size() < MAX_STREAMS_AT_A_TIME) {
            String streamId = overdue.next(nowMillis);
            if (streamId == null) {
                return due;
            }
            StreamState stream = streams.forChange(streamId);
            if (stream != null) {
                due.add(stream);
            }
        }
        return due;
    }
}

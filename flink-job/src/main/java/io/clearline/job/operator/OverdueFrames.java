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
    /** After a restore the source has to find its place, and Kafka perhaps to come back, before frames can come. */
    private static final long RESTORED_WAIT_MILLIS = 20_000;
    /** When frames have begun to come again, those of all streams that go on are soon among them. */
    private static final long FIRST_FRAMES_MILLIS = 2_000;
    /**
     * Streams that are released at a time. Thousands may be due at once, after a restore; frames of others and barriers
     * of checkpoints have their turn in between.
     */
    static final int MAX_STREAMS_AT_A_TIME = 16;

    private static final long NONE = Long.MIN_VALUE;

    private final OverdueStreams overdue;
    private final ReleaseTurns turns = new ReleaseTurns();
    private final ProcessingTimeService time;
    private final BatchTrigger input;
    private final StreamStates streams;
    private final StreamProcessor processor;
    /** When the timer is due that counts; {@link #NONE} where there is none. */
    private long timerMillis = NONE;
    /** Whether streams were restored and no frame has come yet. */
    private boolean awaitsInput;

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
            awaitsInput = true;
            schedule();
        }
    }

    /** A stream has taken a frame. */
    @HotPath
    void afterFrame(StreamState stream, long nowMillis) {
        if (overdue == null) {
            return;
        }
        if (awaitsInput) {
            awaitsInput = false;
            overdue.waitNoLongerThan(nowMillis + FIRST_FRAMES_MILLIS);
            releaseAt(overdue.firstMillis());
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
        if (timerMillis == NONE && !overdue.isEmpty()) {
            releaseAt(overdue.firstMillis());
        }
    }

    private void releaseAt(long millis) {
        timerMillis = millis;
        time.registerTimer(millis, this::release);
    }

    /** @param timer what the timer was set for; one that an earlier one has replaced does nothing */
    private void release(long timer) throws Exception {
        if (timer != timerMillis) {
            return;
        }
        timerMillis = NONE;
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

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
 * Emits what streams hold back for a next frame that does not arrive. In LIVE this happens when their time to wait is
 * over. In REPLAY the number of frames alone decides, and this class does nothing. Confined to the task's thread.
 */
final class OverdueFrames {
    /**
     * How long restored streams wait at most. The source must seek to its offsets, and Kafka may have to recover,
     * before frames can arrive.
     */
    private static final long RESTORED_WAIT_MILLIS = 20_000;
    /**
     * How long restored streams wait at most after the first frame has arrived. Frames of all streams that continue are
     * expected soon after it.
     */
    private static final long RESUMED_WAIT_MILLIS = 2_000;
    /**
     * Number of streams that are released at a time. Thousands may be due at once after a restore, and frames of other
     * streams and checkpoint barriers must be processed in between.
     */
    static final int MAX_STREAMS_AT_A_TIME = 16;

    /** Value of {@link #timerMillis} if no timer is set. */
    private static final long NONE = Long.MIN_VALUE;

    /** Null if waits have no limit in time. */
    private final OverdueStreams overdue;

    private final long timeoutMillis;
    private final ReleaseSchedule releases = new ReleaseSchedule();
    private final ProcessingTimeService time;
    private final BatchTrigger trigger;
    private final StreamStates streams;
    private final StreamProcessor processor;
    /** Time of the timer that is valid; {@link #NONE} if there is none. Earlier timers are ignored when they fire. */
    private long timerMillis = NONE;
    /** Whether streams were restored and no frame has arrived since. */
    private boolean awaitsInput;

    /**
     * @param rules limit of the wait
     * @param trigger knows whether input is waiting for the task's thread
     */
    OverdueFrames(
            StreamRules rules,
            ProcessingTimeService time,
            BatchTrigger trigger,
            StreamStates streams,
            StreamProcessor processor) {
        timeoutMillis = rules.reorderTimeoutMillis();
        overdue = rules.hasTimeout() ? new OverdueStreams(rules.reorderTimeoutMillis()) : null;
        this.time = time;
        this.trigger = trigger;
        this.streams = streams;
        this.processor = processor;
    }

    /** Starts the wait of a stream that was open when the job was restored. */
    void restored(StreamState stream, long nowMillis) {
        if (overdue != null) {
            overdue.waitRestored(stream.streamId(), nowMillis + RESTORED_WAIT_MILLIS);
            awaitsInput = true;
            schedule(nowMillis);
        }
    }

    /**
     * Must be called after each frame of a stream. Starts the stream's wait, or ends it if the stream holds nothing
     * back.
     */
    @HotPath
    void afterFrame(StreamState stream, long nowMillis) {
        if (overdue == null) {
            return;
        }
        if (awaitsInput) {
            awaitsInput = false;
            overdue.waitNoLongerThan(nowMillis + RESUMED_WAIT_MILLIS);
            releaseAt(overdue.firstMillis());
        }
        if (stream.holdsFrames()) {
            overdue.wait(stream.streamId(), nowMillis);
            schedule(nowMillis);
        } else {
            overdue.remove(stream.streamId());
        }
    }

    /** Sets the timer if there is none, or if it is that of a restored stream, whose wait is longer than others. */
    @HotPath
    private void schedule(long nowMillis) {
        if (timerMillis == NONE || timerMillis > nowMillis + timeoutMillis) {
            releaseAt(overdue.firstMillis());
        }
    }

    private void releaseAt(long millis) {
        timerMillis = millis;
        time.registerTimer(millis, this::release);
    }

    /**
     * Releases the streams that are due.
     *
     * @param timer time for which the timer was set
     */
    private void release(long timer) throws Exception {
        if (timer != timerMillis) {
            return;
        }
        timerMillis = NONE;
        if (overdue.isEmpty()) {
            return;
        }
        long nowMillis = time.getCurrentProcessingTime();
        if (releases.isDue(overdue.firstMillis(), nowMillis, trigger.hasInput())) {
            processor.release(due(nowMillis));
            nowMillis = time.getCurrentProcessingTime();
            releases.released(nowMillis);
        }
        if (!overdue.isEmpty()) {
            releaseAt(releases.nextMillis(overdue.firstMillis(), nowMillis, trigger.hasInput()));
        }
    }

    /** Removes and returns the next streams that are due, up to the limit. */
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

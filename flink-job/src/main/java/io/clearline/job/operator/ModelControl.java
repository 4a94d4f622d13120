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

import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ModelTimeline;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamState;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.ModelEventKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the streams of a subtask between models, and reports what happens to announced models: by log and metrics on
 * every subtask, and by events on one of them. Confined to the task's thread.
 */
final class ModelControl implements ModelRegistry.Streams, ModelReporter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelControl.class);

    /** Initial value of a minimum of capture times. */
    private static final long NEVER = Long.MAX_VALUE;

    private final ModelSet models;
    private final StreamStates streams;
    private final EnhancementMetrics meters;
    private final RecordEncoder encoder;
    /** Whether this subtask writes the events. */
    private final boolean reportsForAll;
    /** Events that were not written yet, because there was no output before the processor was set. */
    private final List<ModelEvent> unreported = new ArrayList<>();

    private StreamProcessor processor;

    ModelControl(
            ModelSet models,
            StreamStates streams,
            EnhancementMetrics meters,
            RecordEncoder encoder,
            boolean reportsForAll) {
        this.models = models;
        this.streams = streams;
        this.meters = meters;
        this.encoder = encoder;
        this.reportsForAll = reportsForAll;
    }

    /** Sets the processor. Until then, events are collected. */
    void setProcessor(StreamProcessor processor) {
        this.processor = processor;
    }

    @Override
    public void flush() {
        processor.flush();
    }

    @Override
    public long earliestCaptureMicros(ModelTimeline timeline) throws Exception {
        long earliest = NEVER;
        for (String streamId : streams.streamIds()) {
            StreamState stream = streams.forReading(streamId);
            if (stream.isOpen() && models.timelineFor(stream.sampleRateHz()) == timeline) {
                earliest = Math.min(earliest, stream.nextCaptureTimeMicros());
            }
        }
        // Without an open stream, nothing shows which takeovers have passed.
        return earliest == NEVER ? 0 : earliest;
    }

    @Override
    public void leaveRetired() throws Exception {
        for (String streamId : streams.streamIds()) {
            if (processor.isUnderRetiredModel(streams.forReading(streamId))) {
                processor.leaveRetiredModel(streams.forChange(streamId));
            }
        }
    }

    @Override
    public void refused(String name, String reason) {
        meters.modelsRefused.inc();
        LOGGER.warn("Model {} was refused, continuing with {}: {}", name, models.describe(), reason);
        addEvent(name, ModelEventKind.REFUSED, 0, reason);
    }

    @Override
    public void scheduled(ModelPin model, long fromMicros) {
        meters.setModels(models);
        addEvent(
                model, ModelEventKind.SCHEDULED, fromMicros, "prepared; weights with SHA-256 " + model.weightsSha256());
    }

    @Override
    public void rescheduled(ModelPin model, long earlierMicros, long fromMicros) {
        String detail = "replaces the takeover announced for " + earlierMicros + " us";
        addEvent(model, ModelEventKind.RESCHEDULED, fromMicros, detail);
    }

    @Override
    public void unchanged(ModelPin model, long sinceMicros, long announcedForMicros) {
        String detail = "already in use; the announcement for " + announcedForMicros + " us has no effect";
        addEvent(model, ModelEventKind.UNCHANGED, sinceMicros, detail);
    }

    @Override
    public void retired(ModelPin model) {
        meters.setModels(models);
        addEvent(model, ModelEventKind.RETIRED, 0, "no stream uses it any more");
    }

    private void addEvent(ModelPin model, ModelEventKind kind, long fromMicros, String detail) {
        LOGGER.info("Model {} is {}, from capture time {} us on: {}", model, kind, fromMicros, detail);
        addEvent(model.toString(), kind, fromMicros, detail);
    }

    private void addEvent(String model, ModelEventKind kind, long fromMicros, String detail) {
        unreported.add(new ModelEvent(model, kind, fromMicros, detail));
        if (processor != null) {
            report();
        }
    }

    /** Writes the collected events, if this subtask is the one that reports. */
    void report() {
        if (reportsForAll) {
            for (ModelEvent each : unreported) {
                encoder.modelEvent(each.getModel(), each.getKind(), each.getFromCaptureTimeMicros(), each.getDetail());
            }
        }
        unreported.clear();
    }
}

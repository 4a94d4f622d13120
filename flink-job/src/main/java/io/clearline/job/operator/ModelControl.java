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
 * Carries a subtask's streams from model to model, and reports what becomes of each announcement: log and metric on
 * every subtask, an event from one for all. On the task's thread alone.
 */
final class ModelControl implements ModelRegistry.Streams, ModelReporter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelControl.class);

    private static final long NEVER = Long.MAX_VALUE;

    private final ModelSet models;
    private final StreamStates streams;
    private final EnhancementMetrics meters;
    private final RecordEncoder encoder;
    private final boolean reportsForAll;
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
        // Without a stream nobody knows which of the moments ahead have come.
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
        LOGGER.warn("Model {} refused, going on with {}: {}", name, models.describe(), reason);
        tell(name, ModelEventKind.REFUSED, 0, reason);
    }

    @Override
    public void scheduled(ModelPin model, long fromMicros) {
        meters.setModels(models);
        tell(model, ModelEventKind.SCHEDULED, fromMicros, "prepared; weights with SHA-256 " + model.weightsSha256());
    }

    @Override
    public void rescheduled(ModelPin model, long earlierMicros, long fromMicros) {
        tell(model, ModelEventKind.RESCHEDULED, fromMicros, "replaces the turn announced for " + earlierMicros + " us");
    }

    @Override
    public void unchanged(ModelPin model, long sinceMicros, long announcedForMicros) {
        String detail = "in force already; the announcement for " + announcedForMicros + " us changes nothing";
        tell(model, ModelEventKind.UNCHANGED, sinceMicros, detail);
    }

    @Override
    public void retired(ModelPin model) {
        meters.setModels(models);
        tell(model, ModelEventKind.RETIRED, 0, "no stream is under it any more");
    }

    private void tell(ModelPin model, ModelEventKind kind, long fromMicros, String detail) {
        LOGGER.info("Model {} is {} from capture time {} us on: {}", model, kind, fromMicros, detail);
        tell(model.toString(), kind, fromMicros, detail);
    }

    private void tell(String model, ModelEventKind kind, long fromMicros, String detail) {
        unreported.add(new ModelEvent(model, kind, fromMicros, detail));
        if (processor != null) {
            report();
        }
    }

    /** Sends the events of what happened before there was a stream. */
    void report() {
        if (reportsForAll) {
            for (ModelEvent each : unreported) {
                encoder.modelEvent(each.getModel(), each.getKind(), each.getFromCaptureTimeMicros(), each.getDetail());
            }
        }
        unreported.clear();
    }
}

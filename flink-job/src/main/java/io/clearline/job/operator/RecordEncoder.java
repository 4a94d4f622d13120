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

import io.clearline.inference.SdrMeter;
import io.clearline.job.overload.Treatment;
import io.clearline.job.record.BoundedText;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.stream.StreamSession;
import io.clearline.job.stream.StreamSink;
import io.clearline.kafka.Topics;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ExactArrays;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.ModelEventKind;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.FramePayload;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Encodes the output of streams as records for Kafka, and counts it in the metrics. Thread-confined. Frames are encoded
 * without allocation once the buffers have grown.
 */
final class RecordEncoder implements StreamSink {
    private final Topics topics;
    private final EnhancementMetrics meters;
    private final Output<StreamRecord<OutputRecord>> output;

    private final WireCodec<EnhancedFrame> frames = WireCodec.enhancedFrame();
    private final WireCodec<SdrEstimate> estimates = WireCodec.sdrEstimate();
    private final WireCodec<StreamEvent> events = WireCodec.streamEvent();
    private final WireCodec<ModelEvent> modelEvents = WireCodec.modelEvent();
    private final EnhancedFrame frame = new EnhancedFrame();
    private ByteBuffer payload = ByteBuffer.allocate(0);
    /** Reused arrays for encoded frames. This is safe, because the producer copies a value before its call returns. */
    private final ExactArrays values = new ExactArrays();

    /** Reused for each record; the job enables object reuse. */
    private final OutputRecord outgoing = new OutputRecord();

    private final StreamRecord<OutputRecord> element = new StreamRecord<>(outgoing);

    RecordEncoder(Topics topics, EnhancementMetrics meters, Output<StreamRecord<OutputRecord>> output) {
        this.topics = topics;
        this.meters = meters;
        this.output = output;
    }

    @Override
    public void frame(FrameHead head, float[] samples, int offset) {
        meters.framesOut.inc();
        if (head.concealed) {
            meters.concealed.inc();
        }
        if (head.bypassed) {
            meters.bypassed.inc();
        }
        frame.setStreamId(head.stream.streamId());
        frame.setSession(head.stream.session());
        frame.setSequence(head.sequence);
        frame.setCaptureTimeMicros(head.captureTimeMicros);
        frame.setSampleRateHz(head.sampleRateHz);
        frame.setEncoding(head.encoding);
        frame.setChannels(head.channels);
        frame.setPayload(encode(head, samples, offset));
        frame.setLastOfStream(head.lastOfStream);
        frame.setModelName(head.bypassed ? "" : head.model.name());
        frame.setModelVersion(head.bypassed ? "" : head.model.version());
        frame.setEnhanced(!head.bypassed);
        frame.setBypassed(head.bypassed);
        frame.setConcealed(head.concealed);
        emit(topics.enhancedFrames(), head.stream.key(), frames.encode(frame, values));
    }

    /** Encodes the samples of all channels into the reused payload. */
    private ByteBuffer encode(FrameHead head, float[] samples, int offset) {
        int samplesOfAllChannels = head.samples * head.channels;
        int bytes = samplesOfAllChannels * FrameLimits.bytesPerSample(head.encoding);
        if (payload.capacity() < bytes) {
            payload = ByteBuffer.allocate(bytes);
        }
        FramePayload.encode(head.encoding, samples, offset, payload.array(), samplesOfAllChannels);
        return payload.clear().limit(bytes);
    }

    @Override
    public void estimate(
            StreamSession stream,
            int channel,
            long windowStartMicros,
            long windowLengthMicros,
            SdrMeter.Estimate measured) {
        meters.estimated(measured.inputSdrDb(), measured.outputSdrDb());
        SdrEstimate estimate = SdrEstimate.newBuilder()
                .setStreamId(stream.streamId())
                .setSession(stream.session())
                .setChannel(channel)
                .setWindowStartMicros(windowStartMicros)
                .setWindowLengthMicros(windowLengthMicros)
                .setInputSdrDb(measured.inputSdrDb())
                .setOutputSdrDb(measured.outputSdrDb())
                .setOutputSdrLowDb(measured.outputSdrLowDb())
                .setOutputSdrHighDb(measured.outputSdrHighDb())
                .setTrueSdrDb(null)
                .build();
        emit(topics.sdrEstimates(), stream.key(), estimates.encode(estimate));
    }

    @Override
    public void event(
            StreamSession stream,
            StreamEventKind kind,
            long sequence,
            int eventFrames,
            long captureTimeMicros,
            String detail) {
        meters.count(kind);
        StreamEvent event = new StreamEvent(
                stream.streamId(),
                kind,
                sequence,
                eventFrames,
                captureTimeMicros,
                BoundedText.of(detail),
                stream.session());
        emit(topics.events(), stream.key(), events.encode(event));
    }

    /**
     * Emits an event of an announced model.
     *
     * @param model the model as name@version, or what stands for it if the name is unknown
     */
    void modelEvent(String model, ModelEventKind kind, long fromMicros, String detail) {
        String name = BoundedText.of(model);
        ModelEvent event = new ModelEvent(name, kind, fromMicros, BoundedText.of(detail));
        emit(topics.modelEvents(), name.getBytes(StandardCharsets.UTF_8), modelEvents.encode(event));
    }

    /** Emits an event for a stream that is bypassed, or enhanced again, from a frame on. */
    void treatmentChanged(StreamSession stream, StreamFrame at, Treatment treatment, long ageMillis) {
        event(
                stream,
                treatment.isBypassed() ? StreamEventKind.OVERLOADED : StreamEventKind.RECOVERED,
                at.sequence,
                0,
                at.captureTimeMicros,
                treatment.isBypassed()
                        ? "frames wait for " + ageMillis + " ms; bypassed until the job keeps up"
                        : "enhanced again");
    }

    /** Emits an event for a stream whose frames come from another partition from this one on. */
    void partitionChanged(StreamSession stream, StreamFrame at, int earlierPartition) {
        event(
                stream,
                StreamEventKind.PARTITION_CHANGED,
                at.sequence,
                0,
                at.captureTimeMicros,
                "frames come from partition " + at.partition + ", previously from " + earlierPartition
                        + "; Kafka guarantees no order between the two");
    }

    private void emit(String topic, byte[] key, byte[] value) {
        outgoing.topic = topic;
        outgoing.key = key;
        outgoing.value = value;
        output.collect(element.replace(outgoing));
    }
}

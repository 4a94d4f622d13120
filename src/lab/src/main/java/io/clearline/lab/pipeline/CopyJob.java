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
package io.clearline.lab.pipeline;

import io.clearline.job.ClearlineJob;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.RecordType;
import io.clearline.kafka.Topics;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ExactArrays;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;

/**
 * The bare pipeline: the job's sources, keys and sinks around an operator that passes each frame on unchanged. Its cost
 * is that of Kafka and Flink; the difference to the job is the cost of enhancement.
 */
public final class CopyJob {

    private CopyJob() {}

    /**
     * Runs the pipeline until it is cancelled.
     *
     * @param args options of the job; those of models and enhancement are ignored
     */
    public static void main(String[] args) throws Exception {
        Configuration options = ParameterTool.fromArgs(args).getConfiguration();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
        ClearlineJob.define(env, options, frames -> frames.process(new CopyFrames(), RecordType.OUTPUT));
        env.execute("Bare pipeline");
    }

    /** Emits one output frame for each input frame, with the same samples, identity and times. */
    private static final class CopyFrames extends KeyedProcessFunction<String, StreamFrame, OutputRecord> {
        private static final long serialVersionUID = 1;

        private transient WireCodec<EnhancedFrame> codec;
        private transient ExactArrays values;
        private transient EnhancedFrame copy;
        private transient OutputRecord outgoing;

        @Override
        public void open(OpenContext context) {
            codec = WireCodec.enhancedFrame();
            values = new ExactArrays();
            copy = new EnhancedFrame();
            copy.setModelName("");
            copy.setModelVersion("");
            copy.setEnhanced(true);
            outgoing = new OutputRecord();
            outgoing.topic = Topics.DEFAULT.enhancedFrames();
        }

        @Override
        public void processElement(StreamFrame frame, Context context, Collector<OutputRecord> out) {
            copy.setStreamId(frame.streamId);
            copy.setSession(frame.session);
            copy.setSequence(frame.sequence);
            copy.setCaptureTimeMicros(frame.captureTimeMicros);
            copy.setSampleRateHz(frame.sampleRateHz);
            copy.setEncoding(frame.encoding);
            copy.setChannels(frame.channels);
            copy.setPayload(ByteBuffer.wrap(frame.payload, 0, frame.payloadLength));
            copy.setLastOfStream(frame.lastOfStream);
            outgoing.key = frame.streamId.getBytes(StandardCharsets.UTF_8);
            outgoing.value = codec.encode(copy, values);
            out.collect(outgoing);
        }
    }
}

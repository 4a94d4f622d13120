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
package io.clearline.job.stream;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.schemas.frame.StreamFrame;
import java.util.HexFormat;
import java.util.List;

/** Plays frames to one stream under a small model, and records the output. */
final class StreamPlayer {
    static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));

    final RecordingSink sink = new RecordingSink();
    final StreamState stream;
    private final StreamProcessor processor;

    StreamPlayer() {
        this(StreamRules.DEFAULT);
    }

    StreamPlayer(StreamRules rules) {
        this(rules, new StreamState("a"));
    }

    /** Continues a stream. */
    StreamPlayer(StreamRules rules, StreamState stream) {
        this.stream = stream;
        ModelSet models = new ModelSet(new ScalarKernel(), 8);
        models.add(MODEL);
        processor = new StreamProcessor(models, rules, sink);
    }

    StreamPlayer play(List<StreamFrame> frames) {
        frames.forEach(frame -> processor.accept(stream, frame));
        processor.flush();
        return this;
    }

    StreamPlayer play(StreamFrame frame) {
        return play(List.of(frame));
    }

    /** Releases what the stream holds back, as if no frame had arrived in time. */
    StreamPlayer release() {
        processor.release(List.of(stream));
        return this;
    }

    /** Closes the stream, as if it were idle or the input had ended. */
    StreamPlayer close() {
        processor.close(stream, "end of test");
        processor.flush();
        return this;
    }

    /** Returns the payloads of all frames in hexadecimal. */
    List<String> payloads() {
        return sink.frames.stream()
                .map(frame -> HexFormat.of().formatHex(frame.payload()))
                .toList();
    }

    /** Returns the payloads of a session in hexadecimal. */
    List<String> payloads(String session) {
        return sink.frames.stream()
                .filter(frame -> frame.session().equals(session))
                .map(frame -> HexFormat.of().formatHex(frame.payload()))
                .toList();
    }
}

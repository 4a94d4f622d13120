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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioClip;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.job.JobModels;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.CommittedText;
import io.clearline.testkit.Signals;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class StateSizeTest {
    private static final int WORST_BYTES = 64 * 1024;
    private static final CommittedText DOCUMENT =
            CommittedText.at("flink-job/STATE.md", "flink-job", StateSizeTest.class);

    private enum Moment {
        RUNNING,
        WITH_HELD_FRAMES,
        CLOSED
    }

    @Test
    void theDocumentTellsTheSizeOfAStream() throws IOException {
        StringBuilder table =
                new StringBuilder("| stream | running | with 3 frames held back | closed |\n|---|---|---|---|\n");
        row(table, 8_000, AudioEncoding.PCMU);
        row(table, 8_000, AudioEncoding.PCM_S16LE);
        row(table, 16_000, AudioEncoding.PCM_S16LE);
        row(table, 48_000, AudioEncoding.PCM_S16LE);
        DOCUMENT.partMustBe("state-size", table.toString());
    }

    @Test
    void aStreamThatRunsLongerIsNotLarger() throws IOException {
        int after2Seconds = bytes(stream(16_000, AudioEncoding.PCM_S16LE, 2, Moment.RUNNING));
        int after20Seconds = bytes(stream(16_000, AudioEncoding.PCM_S16LE, 20, Moment.RUNNING));
        assertThat(after20Seconds).isBetween(after2Seconds - 2_000, after2Seconds + 2_000);
    }

    private static void row(StringBuilder table, int sampleRateHz, AudioEncoding encoding) throws IOException {
        table.append(String.format(Locale.ROOT, "| %d Hz %s |", sampleRateHz, encoding));
        for (Moment moment : Moment.values()) {
            int bytes = bytes(stream(sampleRateHz, encoding, 2, moment));
            assertThat(bytes).isLessThan(WORST_BYTES);
            table.append(String.format(Locale.ROOT, " %,d |", bytes));
        }
        table.append('\n');
    }

    private static StreamState stream(int sampleRateHz, AudioEncoding encoding, int seconds, Moment moment)
            throws IOException {
        ModelSet models = new ModelSet(new ScalarKernel(), 1);
        models.add(JobModels.load(new Configuration()).get(0).unpack());
        StreamProcessor processor = new StreamProcessor(models, StreamRules.DEFAULT, new RecordingSink());
        AudioClip clip = new AudioClip(Signals.whiteNoise(sampleRateHz * seconds, 0.1, 1), sampleRateHz);
        List<StreamFrame> frames = Frames.of("0f8fad5b-d9cb-469f-a165-70867728950e", clip, encoding);
        if (moment != Moment.CLOSED) {
            frames.remove(frames.size() - 1);
        }
        if (moment == Moment.WITH_HELD_FRAMES) {
            frames.remove(frames.size() - 4);
        }
        StreamState stream = new StreamState(frames.get(0).streamId);
        frames.forEach(frame -> processor.accept(stream, frame));
        processor.flush();
        return stream;
    }

    private static int bytes(StreamState stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.writeTo(new DataOutputStream(bytes));
        return bytes.size();
    }
}

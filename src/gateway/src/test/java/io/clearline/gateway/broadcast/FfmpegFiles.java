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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.dsp.audio.FfmpegProcess;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;

/** Creates and reads audio files with the real ffmpeg. */
final class FfmpegFiles {
    private FfmpegFiles() {}

    /** Skips the test if ffmpeg is not installed. */
    static void assumeInstalled() {
        assumeTrue(FfmpegProcess.isInstalled(), "ffmpeg is not installed");
    }

    /** Writes two seconds of noise at 48 kHz, different in each channel. */
    static Path noise(Path file, int channels) throws Exception {
        StringBuilder noises = new StringBuilder();
        StringBuilder inputs = new StringBuilder();
        for (int i = 0; i < channels; i++) {
            noises.append("anoisesrc=d=2:r=48000:a=0.3:seed=")
                    .append(i + 1)
                    .append("[n")
                    .append(i)
                    .append("];");
            inputs.append("[n").append(i).append(']');
        }
        return make(file, noises.toString() + inputs + "amerge=inputs=" + channels);
    }

    /** Writes the output of a filter graph. */
    static Path make(Path file, String filters, String... output) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("-v", "error", "-y", "-filter_complex", filters, "-c:a", "pcm_s16le"));
        arguments.addAll(List.of(output));
        arguments.add(FfmpegProcess.url(file));
        FfmpegProcess process = FfmpegProcess.start(arguments);
        // Waits for the end without a timeout, since a busy machine may take long.
        process.output().readAllBytes();
        assertThat(process.exitCode()).as(process.lastLineAfterEnd()).isZero();
        return file;
    }

    /** Returns all samples of a file, interleaved and unconverted. */
    static short[] samples(Path file) throws Exception {
        FfmpegProcess process = FfmpegProcess.start(
                List.of("-v", "error", "-i", FfmpegProcess.url(file), "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        process.output().transferTo(bytes);
        assertThat(process.exitCode()).as(process.lastLineAfterEnd()).isZero();
        return Frames.shorts(bytes.toByteArray());
    }
}

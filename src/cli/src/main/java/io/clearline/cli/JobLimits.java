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
package io.clearline.cli;

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.FrameLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Checks what is to be sent against the limits of the job, {@link FrameLimits}, before anything is sent: the job would
 * make each frame a dead letter, and the sender would not hear of it. Stateless.
 */
final class JobLimits {
    private JobLimits() {}

    /**
     * Checks a stream id that an option gives.
     *
     * @throws ParameterException if the job would refuse it
     */
    static void requireStreamId(CommandLine command, String option, String streamId) {
        Optional<FrameLimits.Violation> violation = FrameLimits.checkStreamId(streamId);
        if (violation.isPresent()) {
            throw new ParameterException(
                    command,
                    "The job would refuse this " + option + ": "
                            + violation.get().detail() + ".");
        }
    }

    /**
     * Checks the frames of a file.
     *
     * @throws IOException if the job would refuse one
     */
    static void requireFrames(Path file, List<AudioFrame> frames) throws IOException {
        for (AudioFrame frame : frames) {
            Optional<FrameLimits.Violation> violation = FrameLimits.checkFrame(frame);
            if (violation.isPresent()) {
                throw new IOException("The job would refuse frames of " + file + ": "
                        + violation.get().detail() + ".");
            }
        }
    }
}

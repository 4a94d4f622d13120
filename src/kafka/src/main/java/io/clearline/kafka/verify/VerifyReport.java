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
package io.clearline.kafka.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.kafka.DeliveryMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The findings of a {@link Verifier}. Written to a file, they are the reference for a later run. Immutable.
 *
 * @param frames number of distinct input frames
 * @param framesOut number of distinct output frames
 * @param samplesOut number of samples in these
 * @param concealed number of output frames that replace missing input frames
 * @param repeats number of output records that were repeats
 * @param undecodable number of input records that must be dead letters: they are no frames, or exceed a limit
 * @param models number of output records by the name@version of their model; those that passed dry by "@"
 * @param issues the first hundred of each kind
 * @param results by stream id, for further sessions of an id by {@code ID session NAME}
 */
@JsonIgnoreProperties(value = "ok", allowGetters = true)
public record VerifyReport(
        DeliveryMode mode,
        long streams,
        long frames,
        long framesOut,
        long samplesOut,
        long concealed,
        long repeats,
        long undecodable,
        long lost,
        long doubled,
        long outOfOrder,
        long repeatsThatDiffer,
        long sampleCounts,
        long unexpected,
        long altered,
        long hashMismatches,
        long unreadable,
        Map<String, Long> models,
        List<Issue> issues,
        Map<String, StreamResult> results) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Returns whether there are no issues. */
    @JsonProperty("ok")
    public boolean ok() {
        return issues.isEmpty();
    }

    /** Writes the report as JSON. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /**
     * Reads a report that {@link #write} wrote.
     *
     * @throws IOException if the file is missing or contains no report
     */
    public static VerifyReport read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), VerifyReport.class);
    }
}

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
 * What a {@link Verifier} found. As a file it is what a later run is compared with.
 *
 * @param frames different frames that went in
 * @param framesOut different frames that came out
 * @param samplesOut samples of all of them
 * @param concealed frames that came out in the place of missing ones
 * @param repeats records that came out again
 * @param undecodable records that went in and must be dead letters: no frames, or frames that break a limit
 * @param models records that came out, by the name@version of their model; dry ones by "@"
 * @param issues the first hundred of each kind
 * @param results by stream id, of further sessions by {@code ID session NAME}
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

    /** Whether nothing is wrong. */
    @JsonProperty("ok")
    public boolean ok() {
        return issues.isEmpty();
    }

    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when the file is not there or no report
     */
    public static VerifyReport read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), VerifyReport.class);
    }
}

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
package io.clearline.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.evaluation.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A result as JSON, with the machine, JDK and commit that it was measured with. Stateless. */
public final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    /** Writes a result. */
    public static void write(Object result, Path file) throws IOException {
        write(result, Map.of(), file);
    }

    /**
     * Writes a result.
     *
     * @param about how it was measured: model, processes and the like
     */
    public static void write(Object result, Map<String, Object> about, Path file) throws IOException {
        ObjectNode json = JSON.valueToTree(result);
        json.setAll((ObjectNode) JSON.valueToTree(about));
        json.set("machine", JSON.valueToTree(Machine.describe()));
        JSON.writeValue(file.toFile(), json);
    }
}

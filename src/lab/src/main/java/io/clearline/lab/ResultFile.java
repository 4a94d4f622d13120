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

/** Writes a result as JSON, together with the machine, JDK and commit of the measurement. Stateless. */
public final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    /**
     * Writes a result.
     *
     * @param result an object whose JSON form is an object
     */
    public static void write(Object result, Path file) throws IOException {
        write(result, Map.of(), file);
    }

    /**
     * Writes a result.
     *
     * @param result an object whose JSON form is an object
     * @param about conditions of the measurement, such as model and processes; added to the same JSON object
     */
    public static void write(Object result, Map<String, Object> about, Path file) throws IOException {
        ObjectNode json = JSON.valueToTree(result);
        json.setAll((ObjectNode) JSON.valueToTree(about));
        json.set("machine", JSON.valueToTree(Machine.describe()));
        JSON.writeValue(file.toFile(), json);
    }
}

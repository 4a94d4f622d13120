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
package io.clearline.evaluation.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts labels of trials to JSON and back. Stateless. */
final class LabelJson {
    private LabelJson() {}

    static Map<String, Object> of(TrialLabel label) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", label.name());
        row.put("kind", label.kind().toString());
        row.put("voice", label.voice());
        row.put("noise", label.noise());
        row.put("snrDb", Rounded.of(label.snrDb()));
        return row;
    }

    /** @throws IllegalArgumentException when the kind is unknown */
    static TrialLabel read(JsonNode row) {
        return new TrialLabel(
                row.path("name").asText(),
                TrialKind.valueOf(row.path("kind").asText()),
                row.path("voice").textValue(),
                row.path("noise").textValue(),
                row.path("snrDb").asDouble(Double.NaN));
    }
}

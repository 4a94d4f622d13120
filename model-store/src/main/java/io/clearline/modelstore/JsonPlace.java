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
package io.clearline.modelstore;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The place of a field in a JSON text, for messages. Immutable.
 *
 * @param location where the value begins; null if the text has no value
 * @param value the value as a reader of the message sees it, shortened
 */
record JsonPlace(JsonLocation location, String value) {

    private static final int MAX_CHARS = 40;

    /**
     * Finds a field in a text.
     *
     * @param path names of fields and indices of lists; where the last ones do not exist, the place is that of what
     *     contains them
     */
    static JsonPlace of(List<String> path, byte[] json) {
        List<JsonPointer> pointers = pointers(path);
        JsonPlace deepest = new JsonPlace(null, "nothing");
        int next = 0;
        try (JsonParser parser = Json.STRICT.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean begins = token.isScalarValue() || token.isStructStart();
                if (begins
                        && next < pointers.size()
                        && parser.getParsingContext().pathAsPointer().equals(pointers.get(next))) {
                    deepest = new JsonPlace(parser.currentTokenLocation(), text(token, parser));
                    next++;
                }
            }
        } catch (IOException e) {
            // The text is damaged behind the field: what was found until there counts.
        }
        return deepest;
    }

    /** Returns the paths from the whole text down to the field. A number stands for a field or for an index alike. */
    private static List<JsonPointer> pointers(List<String> path) {
        List<JsonPointer> pointers = new ArrayList<>();
        pointers.add(JsonPointer.empty());
        for (String step : path) {
            pointers.add(pointers.get(pointers.size() - 1).appendProperty(step));
        }
        return pointers;
    }

    private static String text(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        if (token == JsonToken.START_ARRAY) {
            return "a list";
        }
        String text = parser.getText();
        String shown = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
        return token == JsonToken.VALUE_STRING ? "\"" + shown + "\"" : shown;
    }

    boolean isFound() {
        return location != null;
    }

    /**
     * Returns the beginning of a message about this place.
     *
     * @param field the field's full name; empty for the whole text
     */
    String describe(String field) {
        String place = isFound() ? "line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
        String name = field.isEmpty() ? "" : (place.isEmpty() ? "" : ", ") + "field " + field;
        return place.isEmpty() && name.isEmpty() ? "" : place + name + ": ";
    }
}

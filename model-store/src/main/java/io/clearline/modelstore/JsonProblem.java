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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in plain words what is wrong with a JSON text, and where: line, column and field. Jackson's own messages name
 * its classes and settings. Stateless.
 */
final class JsonProblem {

    private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property '([^']+)'.*");
    private static final Pattern SOURCE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");
    /** What Jackson puts in back quotes: names of its settings, methods and classes. */
    private static final Pattern INTERNALS = Pattern.compile(",? ?(?:from|as per|for)? ?`[^`]*`");

    private JsonProblem() {}

    /** Returns the problem with its place in the text, for example {@code line 3, column 5, field a.b: ...}. */
    static String of(JsonProcessingException e, byte[] json) {
        JsonProcessingException cause = e.getCause() instanceof StreamReadException parsing ? parsing : e;
        if (cause instanceof JsonMappingException mapping) {
            List<String> path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                    .toList();
            JsonPlace place = JsonPlace.of(path, json);
            return place.describe(String.join(".", path)) + what(mapping, place);
        }
        return new JsonPlace(cause.getLocation(), "").describe("") + plain(cause.getOriginalMessage());
    }

    /** Returns the problem of a text without lines, such as a header within binary data. */
    static String withoutPlace(JsonProcessingException e) {
        return plain(e.getOriginalMessage());
    }

    private static String what(JsonMappingException e, JsonPlace place) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            // The records reject invalid values in their constructors; their message is that of the cause.
            return e.getCause().getMessage();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = new TreeSet<>(unknown.getKnownPropertyIds())
                    .stream().map(Object::toString).collect(Collectors.joining(", "));
            return "the field is unknown, expected one of " + known;
        }
        if (e instanceof InvalidTypeIdException kind) {
            return kind.getTypeId() == null
                    ? "the field that names the kind is missing"
                    : "the kind \"" + kind.getTypeId() + "\" is unknown";
        }
        if (!place.isFound()) {
            return "expected a value, found nothing";
        }
        Matcher missing = MISSING.matcher(e.getOriginalMessage());
        if (missing.lookingAt()) {
            // The path ends with the field, and its place is the beginning of the object that lacks it.
            return "expected a value, found no field " + missing.group(1);
        }
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "expected nothing after the end of the object";
        }
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return "expected " + words(target) + ", found " + place.value();
    }

    private static String words(Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return type == boolean.class ? "true or false" : "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    /** Removes what only a programmer with Jackson's documentation understands. */
    private static String plain(String message) {
        String places = SOURCE.matcher(message).replaceAll("line $1, column $2");
        return INTERNALS.matcher(places).replaceAll("").replace("()", "").strip();
    }
}

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
package io.clearline.gateway.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.gateway.codec.MediaFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A text message of Asterisk's WebSocket channel driver (chan_websocket), as far as the gateway needs it. Depending on
 * the option {@code control_message_format} it is one line ({@code MEDIA_START channel_id:1.2 format:slin16}) or JSON
 * ({@code {"event": "MEDIA_START", "channel_id": "1.2"}}). Immutable.
 *
 * @param event the kind of message
 * @param fields what Asterisk reports with the event, under its own names
 * @param text the message as received
 */
record AsteriskMessage(Event event, Map<String, String> fields, String text) {
    /** The events that concern the gateway. Others, which later versions add to, are {@link #OTHER} and are ignored. */
    enum Event {
        /** The channel is connected, and audio follows. */
        MEDIA_START,
        /** Asterisk has queued 18 s of audio and accepts no more. */
        MEDIA_XOFF,
        /** Asterisk accepts audio again. */
        MEDIA_XON,
        /** Asterisk did not carry out a command. */
        ERROR,
        OTHER
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINEAR = "slin";
    /** The names of rates count in thousands of hertz: {@code slin16} has 16,000 Hz. */
    private static final int KILO = 1000;

    AsteriskMessage {
        fields = Map.copyOf(fields);
    }

    /**
     * Parses a message. An unknown event is not an error.
     *
     * @throws BadMessageException if the message begins like JSON but is not valid
     */
    static AsteriskMessage parse(String text) throws BadMessageException {
        return text.startsWith("{") ? ofJson(text) : ofLine(text);
    }

    private static AsteriskMessage ofJson(String text) throws BadMessageException {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, String> fields = new HashMap<>();
            json.properties()
                    .forEach(each -> fields.put(each.getKey(), each.getValue().asText()));
            String name = fields.remove("event");
            return new AsteriskMessage(event(name == null ? "" : name), fields, text);
        } catch (JsonProcessingException e) {
            throw new BadMessageException("Expected JSON: " + e.getOriginalMessage());
        }
    }

    private static AsteriskMessage ofLine(String text) {
        String[] words = text.strip().split(" ");
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            if (colon > 0) {
                fields.put(words[i].substring(0, colon), words[i].substring(colon + 1));
            }
        }
        return new AsteriskMessage(event(words[0]), fields, text);
    }

    private static Event event(String name) {
        try {
            return Event.valueOf(name);
        } catch (IllegalArgumentException e) {
            return Event.OTHER;
        }
    }

    /** Returns a field; empty if it is absent. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /**
     * Returns the format of the audio in both directions.
     *
     * @throws BadMessageException if the format is not supported; the message says how to dial with another
     */
    MediaFormat format() throws BadMessageException {
        String name = field("format").toLowerCase(Locale.ROOT);
        try {
            return switch (name) {
                case "ulaw" -> MediaFormat.PCMU;
                case "alaw" -> MediaFormat.PCMA;
                case LINEAR -> MediaFormat.parse("S16LE/8000");
                default -> MediaFormat.parse("S16LE/" + linearRateHz(name));
            };
        } catch (IllegalArgumentException e) {
            throw new BadMessageException("Expected format ulaw, alaw, slin, slin16 or slin48, found \""
                    + field("format") + "\". Dial with one of them: WebSocket/CONNECTION/c(slin16).");
        }
    }

    private static int linearRateHz(String name) {
        // slin192 is the highest rate of Asterisk, so three digits are enough.
        if (!name.matches(LINEAR + "\\d{1,3}")) {
            throw new IllegalArgumentException(name);
        }
        return Integer.parseInt(name.substring(LINEAR.length())) * KILO;
    }
}

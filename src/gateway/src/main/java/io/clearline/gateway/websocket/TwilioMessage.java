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
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * A message of Twilio's Media Streams, as far as the gateway needs it. Immutable.
 *
 * @param event the kind of message
 * @param streamSid the SID of the stream; empty in {@code connected}
 * @param track {@code inbound} or {@code outbound}, in a media message
 * @param payload mu-law samples of a media message, otherwise empty
 * @param token of a start message: the custom parameter of that name, otherwise empty
 * @param returns of a start message: whether enhanced audio is sent back; false if the custom parameter {@code return}
 *     is {@code false}
 */
record TwilioMessage(Event event, String streamSid, String track, byte[] payload, String token, boolean returns) {
    /** The events of the protocol. Unknown ones are {@link #OTHER} and are ignored. */
    enum Event {
        CONNECTED,
        START,
        MEDIA,
        MARK,
        DTMF,
        STOP,
        OTHER
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};

    /**
     * Parses a message.
     *
     * @throws BadMessageException if it is not JSON, or has another audio format
     */
    static TwilioMessage parse(String text) throws BadMessageException {
        JsonNode json = json(text);
        Event event = event(json.path("event").asText());
        JsonNode start = json.path("start");
        if (event == Event.START) {
            requireFormat(start.path("mediaFormat"));
        }
        String sid = json.path("streamSid").asText(start.path("streamSid").asText());
        JsonNode parameters = start.path("customParameters");
        return new TwilioMessage(
                event,
                sid,
                json.path("media").path("track").asText("inbound"),
                event == Event.MEDIA ? samples(json.path("media").path("payload")) : NOTHING,
                parameters.path("token").asText(),
                !parameters.path("return").asText().equalsIgnoreCase("false"));
    }

    private static JsonNode json(String text) throws BadMessageException {
        try {
            JsonNode json = JSON.readTree(text);
            if (json != null && json.isObject()) {
                return json;
            }
            throw new BadMessageException("Expected a JSON object.");
        } catch (JsonProcessingException e) {
            throw new BadMessageException("Expected JSON: " + e.getOriginalMessage());
        }
    }

    private static Event event(String name) {
        try {
            return Event.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Event.OTHER;
        }
    }

    private static void requireFormat(JsonNode format) throws BadMessageException {
        String encoding = format.path("encoding").asText("audio/x-mulaw");
        int rate = format.path("sampleRate").asInt(8000);
        int channels = format.path("channels").asInt(1);
        if (!encoding.equals("audio/x-mulaw") || rate != 8000 || channels != 1) {
            throw new BadMessageException("Expected audio/x-mulaw, 8000 Hz, 1 channel; found " + encoding + ", " + rate
                    + " Hz, " + channels + " channels.");
        }
    }

    private static byte[] samples(JsonNode payload) throws BadMessageException {
        try {
            return Base64.getDecoder().decode(payload.asText());
        } catch (IllegalArgumentException e) {
            throw new BadMessageException("Expected media.payload in base64: " + e.getMessage());
        }
    }

    /**
     * Returns a media message with enhanced audio.
     *
     * @param length bytes of the payload to send
     */
    static String media(String streamSid, byte[] payload, int length) {
        byte[] samples = payload.length == length ? payload : Arrays.copyOf(payload, length);
        return JSON.createObjectNode()
                .put("event", "media")
                .put("streamSid", streamSid)
                .set(
                        "media",
                        JSON.createObjectNode()
                                .put("payload", Base64.getEncoder().encodeToString(samples)))
                .toString();
    }
}

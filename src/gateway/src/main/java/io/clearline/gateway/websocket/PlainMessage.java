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
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.StreamIds;

/**
 * A text message of the plain protocol. Immutable.
 *
 * @param stop whether it is a stop; otherwise it is a start
 * @param streamId the stream id; empty if the gateway is to choose one
 * @param format of the binary messages in both directions; null in a stop
 */
record PlainMessage(boolean stop, String streamId, MediaFormat format) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Parses a message.
     *
     * @throws BadMessageException if it is not a valid start or stop
     */
    static PlainMessage parse(String text) throws BadMessageException {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadMessageException("Expected JSON: " + e.getOriginalMessage());
        }
        String type = json == null ? "" : json.path("type").asText();
        if (type.equals("stop")) {
            return new PlainMessage(true, "", null);
        }
        if (!type.equals("start")) {
            throw new BadMessageException("Expected type start or stop, found \"" + type + "\".");
        }
        String streamId = json.path("stream").asText();
        if (!streamId.isEmpty() && !StreamIds.isAllowed(streamId)) {
            throw new BadMessageException("Expected a stream id of 1 to 200 letters, digits and . _ : @ / + -.");
        }
        String encoding = json.path("encoding").asText("S16LE");
        if (!encoding.equals("S16LE") && !encoding.equals("PCMU") && !encoding.equals("PCMA")) {
            throw new BadMessageException("Expected encoding S16LE, PCMU or PCMA, found " + encoding + ".");
        }
        try {
            int rate = json.path("sampleRateHz").asInt();
            return new PlainMessage(false, streamId, MediaFormat.parse(encoding + "/" + rate));
        } catch (IllegalArgumentException e) {
            throw new BadMessageException(e.getMessage());
        }
    }

    /** Returns a message of a type, for the peer. */
    static ObjectNode of(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}

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
package io.clearline.console.web;

import io.clearline.console.board.SeenDeadLetter;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the contents of a dead letter, and a command that fetches the whole record. Thread-confined. */
final class DeadLetterText {
    private static final int MAX_SHOWN_CHARACTERS = 300;

    private final String bootstrapServers;
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();

    DeadLetterText(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Returns the fields of the frame in a dead letter; empty when it cannot be decoded or was truncated. */
    Map<String, String> decoded(SeenDeadLetter letter) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (letter.bytes().length < letter.size()) {
            return fields;
        }
        try {
            AudioFrame frame = codec.decode(letter.bytes(), null);
            fields.put("streamId", shown(frame.getStreamId()));
            fields.put("session", shown(frame.getSession()));
            fields.put("sequence", String.valueOf(frame.getSequence()));
            fields.put("captureTimeMicros", String.valueOf(frame.getCaptureTimeMicros()));
            fields.put("sampleRateHz", String.valueOf(frame.getSampleRateHz()));
            fields.put("encoding", frame.getEncoding().name());
            fields.put("channels", String.valueOf(frame.getChannels()));
            fields.put("payload", frame.getPayload().remaining() + " bytes");
            fields.put("attributes", shown(frame.getAttributes().toString()));
        } catch (WireFormatException e) {
            fields.clear();
        }
        return fields;
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN_CHARACTERS ? text : text.substring(0, MAX_SHOWN_CHARACTERS) + " ...";
    }

    /** Returns a kcat command that fetches the original record. */
    String kcat(SeenDeadLetter letter) {
        return "kcat -C -b " + quoted(bootstrapServers) + " -t " + quoted(letter.topic()) + " -p " + letter.partition()
                + " -o " + letter.offset() + " -c 1 -e -D '' | xxd";
    }

    /** Quotes a text as a single word of a POSIX shell. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9._:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

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
package io.clearline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.EnhancedFrame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Reports the frames, dead letters and sessions that {@code receive} reads, as text or as a line of JSON each.
 * Thread-confined.
 */
final class ReceiveReport implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Further dead letters are only counted, because an invalid sender causes one for each frame. */
    private static final int MAX_SHOWN_LETTERS = 5;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final TerminalProgress progress = new TerminalProgress();
    private int letters;
    private String firstReason = "";

    ReceiveReport(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
        if (!json) {
            progress.begin("Receiving", -1);
        }
    }

    /** Reports a frame, which is no repeat. */
    void frame(EnhancedFrame frame) {
        if (!json) {
            progress.step("");
            return;
        }
        byte[] payload = new byte[frame.getPayload().remaining()];
        frame.getPayload().duplicate().get(payload);
        ObjectNode line = line("frame");
        line.put("streamId", frame.getStreamId());
        line.put("session", frame.getSession());
        line.put("sequence", frame.getSequence());
        line.put("captureTimeMicros", frame.getCaptureTimeMicros());
        line.put("sampleRateHz", frame.getSampleRateHz());
        line.put("encoding", frame.getEncoding().name());
        line.put("channels", frame.getChannels());
        line.put("lastOfStream", frame.getLastOfStream());
        line.put("modelName", frame.getModelName());
        line.put("modelVersion", frame.getModelVersion());
        line.put("enhanced", frame.getEnhanced());
        line.put("bypassed", frame.getBypassed());
        line.put("concealed", frame.getConcealed());
        line.put("payload", payload);
        print(line);
    }

    /** Reports a record of the stream that the job could not process. */
    void deadLetter(DeadFrame letter) {
        letters++;
        if (letters == 1) {
            firstReason = letter.getReason() + ": " + letter.getDetail();
        }
        if (json) {
            ObjectNode line = line("deadLetter");
            line.put("topic", letter.getTopic());
            line.put("partition", letter.getPartition());
            line.put("offset", letter.getOffset());
            line.put("reason", letter.getReason().name());
            line.put("detail", letter.getDetail());
            print(line);
        } else if (letters <= MAX_SHOWN_LETTERS) {
            err.println("clearline: dead letter: " + letter.getTopic() + " partition " + letter.getPartition()
                    + " offset " + letter.getOffset() + ": " + letter.getReason() + ": " + letter.getDetail());
            err.flush();
        }
    }

    /** Returns the number of dead letters with the first reason, as the end of a message; empty if there are none. */
    String deadLetters() {
        return letters == 0
                ? ""
                : " " + letters + (letters == 1 ? " record" : " records") + " of it became dead letters (" + firstReason
                        + ").";
    }

    /**
     * Reports a session, or the part of it that was received.
     *
     * @param files the files with its audio; empty if there is only JSON
     */
    void session(String name, ReceivedStream session, List<Path> files) {
        if (json) {
            ObjectNode line = line("session");
            line.put("session", name);
            line.put("frames", session.frames());
            line.put("enhanced", session.enhanced());
            line.put("dry", session.dry());
            line.put("concealed", session.concealed());
            line.put("lost", session.missing());
            line.put("complete", session.isComplete());
            files.forEach(file -> line.withArray("files").add(file.toString()));
            print(line);
            return;
        }
        StringBuilder into = new StringBuilder();
        files.forEach(file -> into.append(into.isEmpty() ? "" : ", ").append(file));
        out.println("Received " + session.summary() + " of session " + name + " into " + into);
        out.flush();
    }

    private static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        progress.close();
        if (!json && letters > MAX_SHOWN_LETTERS) {
            err.println("clearline: " + letters + " dead letters of this stream in all; the first " + MAX_SHOWN_LETTERS
                    + " are above.");
            err.flush();
        }
    }
}

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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.schemas.frame.StreamFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The current session of a stream: its name and whether it is open. The sender names a session, or the name is derived
 * from its first frame. Derived names depend on fields of the frame only, so a replay and a recovery derive the same.
 *
 * <p>Part of the state of a stream. Not thread-safe.
 */
final class SessionState {
    private static final int VERSION = 1;
    private static final String NO_SESSION = "";
    /** Number of ended sessions, of those that a sender named, whose late frames are recognised. */
    private static final int REMEMBERED_SESSIONS = 4;

    private boolean open;
    private boolean everOpened;
    /** Whether the session's last frame was taken, or another session replaced it. */
    private boolean ended;

    private boolean namedBySender;
    private StreamSession name;
    /** Names of the sessions that ended last, oldest first; only those that a sender named. */
    private final List<String> closedNames = new ArrayList<>();

    SessionState(String streamId) {
        name = new StreamSession(streamId, NO_SESSION);
    }

    /** Returns whether the stream takes frames now. */
    boolean isOpen() {
        return open;
    }

    /** Returns whether the stream had a session, open or not. */
    boolean wasEverOpened() {
        return everOpened;
    }

    /** Returns the session that is open, or was last. */
    StreamSession name() {
        return name;
    }

    /**
     * Returns whether a frame belongs to this session, by the session that its sender names. A frame without a name
     * belongs to whatever session is current.
     */
    @HotPath
    boolean includes(StreamFrame frame) {
        return NO_SESSION.equals(frame.session)
                || namedBySender && !ended && frame.session.equals(name.session())
                || !everOpened;
    }

    /** Returns whether the session that the sender of a frame names has ended. */
    boolean isClosed(StreamFrame frame) {
        return closedNames.contains(frame.session);
    }

    /**
     * Opens the session with its frame {@code first}, or opens it again.
     *
     * @param newSession whether a new session begins; false if the current one continues after an interruption
     */
    void open(StreamFrame first, boolean newSession) {
        open = true;
        everOpened = true;
        if (!NO_SESSION.equals(first.session)) {
            namedBySender = true;
            rename(first.session);
        } else if (newSession && !(namedBySender && !ended)) {
            namedBySender = false;
            rename(first.captureTimeMicros + "-" + first.sequence);
        }
        ended = false;
    }

    private void rename(String session) {
        if (!name.session().equals(session)) {
            name = new StreamSession(name.streamId(), session);
        }
    }

    /**
     * Closes the session.
     *
     * @param permanently whether it has ended; otherwise its next frames open it again
     */
    void close(boolean permanently) {
        open = false;
        ended = permanently;
        if (permanently && namedBySender) {
            // A session that has ended by its last frame is closed again when the next one starts.
            closedNames.remove(name.session());
            if (closedNames.size() == REMEMBERED_SESSIONS) {
                closedNames.remove(0);
            }
            closedNames.add(name.session());
        }
    }

    /** Returns whether the session has ended, so that it can't be opened again. */
    boolean isEnded() {
        return ended;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(open);
        out.writeBoolean(everOpened);
        out.writeBoolean(ended);
        out.writeBoolean(namedBySender);
        out.writeUTF(name.session());
        out.writeByte(closedNames.size());
        for (String closed : closedNames) {
            out.writeUTF(closed);
        }
    }

    void readFrom(DataInput in) throws IOException {
        Versions.read(in, "session", VERSION);
        open = in.readBoolean();
        everOpened = in.readBoolean();
        ended = in.readBoolean();
        namedBySender = in.readBoolean();
        rename(in.readUTF());
        int closed = in.readByte();
        for (int i = 0; i < closed; i++) {
            closedNames.add(in.readUTF());
        }
    }

    /**
     * Reads state version 1, which had no session names. A session that was open has the empty name until the next one
     * begins.
     */
    void readFromStateVersion1(DataInput in) throws IOException {
        open = in.readBoolean();
        everOpened = in.readBoolean();
        ended = everOpened && !open;
    }
}

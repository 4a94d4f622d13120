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
 * Which session of a stream id is going on: its name, given by the sender or made of the first frame, and whether it is
 * open. Made names come from facts in the frame only, so a replay and a recovery make the same.
 *
 * <p>Part of a stream's state. Not thread-safe.
 */
final class SessionState {
    private static final int VERSION = 1;
    private static final String NO_SESSION = "";
    /** Of sessions that a sender named, so many stay known after their end. */
    private static final int REMEMBERED_SESSIONS = 4;

    private boolean open;
    private boolean everOpened;
    /** Whether its last frame came, and nothing can follow. */
    private boolean ended;

    private boolean namedBySender;
    private StreamSession name;
    private final List<String> closedNames = new ArrayList<>();

    SessionState(String streamId) {
        name = new StreamSession(streamId, NO_SESSION);
    }

    /** Whether frames are taken now. */
    boolean isOpen() {
        return open;
    }

    boolean wasEverOpened() {
        return everOpened;
    }

    StreamSession name() {
        return name;
    }

    /** Whether a frame belongs to this session, by what its sender says; one that says nothing does. */
    @HotPath
    boolean includes(StreamFrame frame) {
        return NO_SESSION.equals(frame.session)
                || namedBySender && !ended && frame.session.equals(name.session())
                || !everOpened;
    }

    /** Whether the session that a frame's sender names is over. */
    boolean isClosed(StreamFrame frame) {
        return closedNames.contains(frame.session);
    }

    /**
     * Opens with {@code first}.
     *
     * @param anew whether a session begins, and not the open one goes on after a break
     */
    void open(StreamFrame first, boolean anew) {
        open = true;
        everOpened = true;
        if (!NO_SESSION.equals(first.session)) {
            namedBySender = true;
            rename(first.session);
        } else if (anew && !(namedBySender && !ended)) {
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

    /** Ends; frames in sequence may open it again unless {@code forGood}. */
    void close(boolean forGood) {
        open = false;
        ended = forGood;
        if (forGood && namedBySender) {
            if (closedNames.size() == REMEMBERED_SESSIONS) {
                closedNames.remove(0);
            }
            closedNames.add(name.session());
        }
    }

    /** Whether the session's last frame came. */
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

    /** Reads what state version 1 knew: a session that goes on has no name until the next one begins. */
    void readFromStateVersion1(DataInput in) throws IOException {
        open = in.readBoolean();
        everOpened = in.readBoolean();
        ended = everOpened && !open;
    }
}

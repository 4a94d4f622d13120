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

import java.nio.charset.StandardCharsets;

/**
 * One session of a stream: between its first frame and its last, sequences identify frames. Immutable; its key is to be
 * read only.
 */
public final class StreamSession {
    private final String streamId;
    private final String session;
    private final byte[] key;

    /** @param session the session's name; empty for one that was open before sessions had names */
    public StreamSession(String streamId, String session) {
        this.streamId = streamId;
        this.session = session;
        key = streamId.getBytes(StandardCharsets.UTF_8);
    }

    /** The stream's name. */
    public String streamId() {
        return streamId;
    }

    /** The session's name within the stream. */
    public String session() {
        return session;
    }

    /** The stream's name in UTF-8, the key of its records; to be read only. */
    public byte[] key() {
        return key;
    }
}

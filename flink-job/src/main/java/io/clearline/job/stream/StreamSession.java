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
 * The identity of one session of a stream. Within a session, sequence numbers identify frames. Immutable, except for
 * the array that {@link #key()} returns.
 */
public final class StreamSession {
    private final String streamId;
    private final String session;
    private final byte[] key;

    /**
     * @param streamId name of the stream
     * @param session name of the session; empty for one that was open before sessions had names
     */
    public StreamSession(String streamId, String session) {
        this.streamId = streamId;
        this.session = session;
        key = streamId.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the name of the stream. */
    public String streamId() {
        return streamId;
    }

    /** Returns the name of the session within the stream. */
    public String session() {
        return session;
    }

    /**
     * Returns the name of the stream in UTF-8, which is the key of its records. The array is shared and must not be
     * changed.
     */
    public byte[] key() {
        return key;
    }
}

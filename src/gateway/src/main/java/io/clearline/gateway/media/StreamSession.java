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
package io.clearline.gateway.media;

/**
 * Names the frames of a session in Kafka, from one change of its source to the next, and numbers them. Numbers are
 * assigned by the thread that sends: a frame that is dropped before takes no number, so the job sees a pause of the
 * sender rather than a loss that it would conceal.
 */
public final class StreamSession {
    private final String streamId;
    private final String name;
    private long nextSequence;

    /**
     * Makes a session that counts from 0.
     *
     * @param streamId the key of the records
     * @param name unique within the stream
     */
    public StreamSession(String streamId, String name) {
        this.streamId = streamId;
        this.name = name;
    }

    /** Returns the key of the records. */
    public String streamId() {
        return streamId;
    }

    /** Returns the session name, unique within its stream. */
    public String name() {
        return name;
    }

    /** Returns the sequence number of the next frame. Only for the thread that sends. */
    public long nextSequence() {
        return nextSequence++;
    }
}

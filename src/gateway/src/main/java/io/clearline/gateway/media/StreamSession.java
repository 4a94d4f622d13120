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
 * The name under which a session's frames are in Kafka, from one change of its source to the next. The producer's
 * thread numbers its frames: a frame that is not sent takes no number, so that the job sees a silence of the sender and
 * conceals nothing.
 */
public final class StreamSession {
    private final String streamId;
    private final String name;
    private long nextSequence;

    /** @param name unique in the stream */
    public StreamSession(String streamId, String name) {
        this.streamId = streamId;
        this.name = name;
    }

    /** The key of the records. */
    public String streamId() {
        return streamId;
    }

    /** Unique in its stream. */
    public String name() {
        return name;
    }

    /** The number of the next frame; for the producer's thread alone. */
    public long nextSequence() {
        return nextSequence++;
    }
}

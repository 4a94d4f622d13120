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

import io.clearline.console.board.Board;
import io.clearline.console.feed.DroppedFiles;
import io.clearline.console.feed.FeedStatus;
import io.clearline.console.feed.KafkaClients;
import io.clearline.console.feed.ModelShelf;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the API is made of.
 *
 * @param status how reading from Kafka goes
 * @param readBack asks for the last minute of a stream that is watched from now on
 * @param files takes files to send as streams
 * @param gateway takes the audio of microphones; null: there is none
 */
public record Backend(
        Board board,
        KafkaClients kafka,
        Supplier<FeedStatus> status,
        Consumer<String> readBack,
        FileSender files,
        ModelShelf models,
        MicrophoneGateway gateway) {

    /** Takes files to send as streams. */
    public interface FileSender {
        /** Begins to send a file. */
        DroppedFiles.Sent send(String name, byte[] file) throws IOException;
    }
}

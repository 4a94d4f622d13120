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
import io.clearline.console.feed.ModelCatalogue;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services behind the API. Each component is thread-safe.
 *
 * @param board the state that the API reads
 * @param kafka the configuration of Kafka
 * @param status supplies the status of the Kafka feed
 * @param backfill requests the last minute of the stream with the given id
 * @param files sends files as streams
 * @param models the models that can be listed and announced
 * @param gateway locates the gateway for microphones; null for none
 */
public record Backend(
        Board board,
        KafkaClients kafka,
        Supplier<FeedStatus> status,
        Consumer<String> backfill,
        FileSender files,
        ModelCatalogue models,
        MicrophoneGateway gateway) {

    /** Sends files as streams. */
    public interface FileSender {
        /** Starts to send a file, as {@link DroppedFiles#send}. */
        DroppedFiles.Sent send(String name, byte[] file) throws IOException;
    }
}

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
package io.clearline.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.ModelId;
import io.clearline.modelstore.ModelCard;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models that the console lists and announces, read from a model repository. Thread-safe. */
public final class ModelCatalogue {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_CACHED_SHAPES = 500;

    private final KafkaClients clients;
    /** Null when the console has no repository. */
    private final ModelRepository repository;

    private final Map<String, Optional<Shape>> shapes = new ConcurrentHashMap<>();

    /** @param repository the model repository; null for none */
    public ModelCatalogue(KafkaClients clients, ModelRepository repository) {
        this.clients = clients;
        this.repository = repository;
    }

    /** The transform of a model. Component names are JSON field names. */
    public record Shape(String model, int sampleRateHz, int windowSamples, int hopSamples) {}

    /**
     * The figures of a model card. Component names are JSON field names.
     *
     * @param model the model, {@code name@version}
     * @param windowSamples window of its transform
     * @param hopSamples hop of its transform
     * @param parameters number of distinct weights
     * @param multiplyAddsPerSecond multiply-add operations per second of one stream
     * @param algorithmicDelayMillis delay between input and output
     * @param sha256 SHA-256 of the weights
     * @param channels the channels that use the model
     * @param scores the scores as the card holds them; empty when it has none
     */
    public record Card(
            String model,
            int sampleRateHz,
            int windowSamples,
            int hopSamples,
            long parameters,
            long multiplyAddsPerSecond,
            double algorithmicDelayMillis,
            String sha256,
            List<String> channels,
            JsonNode scores) {}

    /** Returns the transform of a model, given as {@code name@version}; empty when the repository lacks the model. */
    public Optional<Shape> shape(String model) {
        if (repository == null || model.isEmpty()) {
            return Optional.empty();
        }
        if (shapes.size() > MAX_CACHED_SHAPES) {
            shapes.clear();
        }
        return shapes.computeIfAbsent(model, this::readShape);
    }

    private Optional<Shape> readShape(String model) {
        try {
            ModelCard card = repository.card(model);
            StftSpec stft = card.stft();
            return Optional.of(new Shape(model, card.sampleRateHz(), stft.windowSamples(), stft.hopSamples()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the cards of all models, ordered by name and then from the oldest version to the newest.
     *
     * @throws IOException when the repository or a card cannot be read
     */
    public List<Card> cards() throws IOException {
        List<Card> cards = new ArrayList<>();
        if (repository == null) {
            return cards;
        }
        Map<String, List<ModelId>> channels = repository.channels();
        for (ModelId id : repository.list()) {
            List<String> users = channels.entrySet().stream()
                    .filter(channel -> channel.getValue().contains(id))
                    .map(Map.Entry::getKey)
                    .toList();
            cards.add(card(repository.card(id.toString()), users));
        }
        return cards;
    }

    private static Card card(ModelCard card, List<String> channels) {
        JsonNode provenance = JSON.valueToTree(card.provenance());
        return new Card(
                card.id().toString(),
                card.sampleRateHz(),
                card.stft().windowSamples(),
                card.stft().hopSamples(),
                card.cost().parameters(),
                card.cost().multiplyAddsPerSecond(),
                card.cost().algorithmicDelayMillis(),
                card.weights().sha256(),
                channels,
                provenance.path("scores"));
    }

    /**
     * Announces to running jobs that a channel uses a model.
     *
     * @param model the model as {@code name@version}, a name or a channel
     * @param fromCaptureTimeMicros capture time of the first frame to enhance with it; 0 for the next frame of each
     *     stream
     * @throws IOException when the model does not exist, or when Kafka does not accept the announcement
     */
    public void announce(String channel, String model, long fromCaptureTimeMicros) throws IOException {
        if (repository == null) {
            throw new IOException("The console was started without a model repository.");
        }
        new ModelAnnouncer(clients, repository)
                .announce(channel, List.of(repository.resolve(model)), fromCaptureTimeMicros);
    }
}

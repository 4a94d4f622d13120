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

/** The models of a repository: what their cards say, and announcing one. Thread-safe. */
public final class ModelShelf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_KEPT = 500;

    private final KafkaClients clients;
    /** Null: the console knows no repository. */
    private final ModelRepository repository;

    private final Map<String, Optional<Shape>> shapes = new ConcurrentHashMap<>();

    /** @param repository null: none is known */
    public ModelShelf(KafkaClients clients, ModelRepository repository) {
        this.clients = clients;
        this.repository = repository;
    }

    /** The settings of a model's transform. */
    public record Shape(String model, int sampleRateHz, int windowSamples, int hopSamples) {}

    /**
     * A model as its card tells it.
     *
     * @param channels that use it
     * @param scores as the card holds them, empty where it has none
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

    /** The transform of a model, {@code name@version}; empty where the repository does not have it. */
    public Optional<Shape> shape(String model) {
        if (repository == null || model.isEmpty()) {
            return Optional.empty();
        }
        if (shapes.size() > MAX_KEPT) {
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

    /** Every model, the newest version of a name last. */
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
     * Tells running jobs that a channel uses a model.
     *
     * @param fromCaptureTimeMicros 0: from each stream's next frame
     * @throws IOException when the model is not there, or Kafka does not take the announcement
     */
    public void announce(String channel, String model, long fromCaptureTimeMicros) throws IOException {
        if (repository == null) {
            throw new IOException("The console was started without a model repository.");
        }
        new ModelAnnouncer(clients, repository)
                .announce(channel, List.of(repository.resolve(model)), fromCaptureTimeMicros);
    }
}

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
package io.clearline.job;

import io.clearline.job.model.ArtifactStore;
import io.clearline.job.operator.Announcement;
import io.clearline.job.operator.ModelFetchFunction;
import io.clearline.job.operator.ModelFetcher;
import io.clearline.job.operator.ModelUpdate;
import io.clearline.job.operator.RecordTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Supplies announced models to the job: as a stream in LIVE, and with the plan in REPLAY. */
final class ModelStreams {
    /** Timeout for reading an announced model from its file system. */
    private static final int FETCH_SECONDS = 60;
    /** Number of models that are read at the same time. */
    private static final int MODELS_IN_FETCH = 16;

    private final JobSettings settings;

    ModelStreams(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the stream of announced models. In a replay it is empty, because the position of announcements among the
     * frames would differ from run to run; they are part of the plan instead.
     */
    DataStream<ModelUpdate> updates(StreamExecutionEnvironment env) {
        if (settings.isReplay()) {
            // Flink does not accept a source without elements, so this one has an element that is filtered out.
            return env.fromData(List.of(ModelUpdate.none()), RecordTypes.MODEL_UPDATE)
                    .uid("models")
                    .filter(update -> false)
                    .name("no models")
                    .uid("fetch");
        }
        DataStream<Announcement> announcements = env.fromSource(
                        new KafkaSources(settings).announcements(),
                        WatermarkStrategy.noWatermarks(),
                        "models",
                        RecordTypes.ANNOUNCEMENT)
                .setParallelism(1)
                .uid("models");
        // Models are read asynchronously, so that a slow file system delays no checkpoint barrier.
        return AsyncDataStream.orderedWait(
                        announcements,
                        new ModelFetchFunction(fetcher(settings.artifactStore())),
                        FETCH_SECONDS,
                        TimeUnit.SECONDS,
                        MODELS_IN_FETCH)
                .returns(RecordTypes.MODEL_UPDATE)
                .setParallelism(1)
                .name("fetch")
                .uid("fetch");
    }

    /**
     * Reads the announcements up to now from Kafka.
     *
     * @throws UncheckedIOException if Kafka can't be read
     */
    List<ModelUpdate> announced() {
        try {
            return Announcements.read(
                    settings.bootstrapServers(), settings.topics().models(), settings.kafka(), fetcher(null));
        } catch (IOException e) {
            throw new UncheckedIOException("The model announcements can't be read: " + e.getMessage(), e);
        }
    }

    private ModelFetcher fetcher(ArtifactStore store) {
        try {
            List<String> channels = settings.options()
                    .getOptional(JobOptions.MODEL_CHANNELS)
                    .orElseGet(() -> settings.get(JobOptions.MODELS));
            return new ModelFetcher(channels, JobModels.publicKey(settings.options()), store, settings.registryUrl());
        } catch (IOException e) {
            throw new UncheckedIOException("The public key for models can't be read: " + e.getMessage(), e);
        }
    }
}

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

/** How announced models come into the job: as a stream in LIVE, with the plan in REPLAY. */
final class ModelStreams {
    /** How long the file system of an announced model may take to give it. */
    private static final int FETCH_SECONDS = 60;
    /** Announcements whose models are read at once. */
    private static final int MODELS_IN_FETCH = 16;

    private final JobSettings settings;

    ModelStreams(JobSettings settings) {
        this.settings = settings;
    }

    /** Replay has its announcements in the plan: their place among the frames would be another each time. */
    DataStream<ModelUpdate> updates(StreamExecutionEnvironment env) {
        if (settings.isReplay()) {
            // A source without elements is none to Flink: this has one, which goes nowhere.
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
        // Off the task's thread: a slow disk of models must not hold up a barrier.
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
     * What was announced up to now; asks Kafka.
     *
     * @throws UncheckedIOException when it can't be read
     */
    List<ModelUpdate> announced() {
        try {
            return Announcements.read(
                    settings.bootstrapServers(), settings.topics().models(), settings.kafka(), fetcher(null));
        } catch (IOException e) {
            throw new UncheckedIOException("What was announced can't be read: " + e.getMessage(), e);
        }
    }

    private ModelFetcher fetcher(ArtifactStore store) {
        try {
            List<String> channels = settings.options()
                    .getOptional(JobOptions.MODEL_CHANNELS)
                    .orElseGet(() -> settings.get(JobOptions.MODELS));
            return new ModelFetcher(channels, JobModels.publicKey(settings.options()), store, settings.registryUrl());
        } catch (IOException e) {
            throw new UncheckedIOException("The models' public key can't be read: " + e.getMessage(), e);
        }
    }
}

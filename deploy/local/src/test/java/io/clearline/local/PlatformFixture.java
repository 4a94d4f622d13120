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
package io.clearline.local;

import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.JobOptions;
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.TopicReader;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.Provenance;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** A local platform for tests. Its methods wait with a timeout and fail with the number of missing frames. */
final class PlatformFixture implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;
    private static final int PARALLELISM = 2;

    private final LocalPlatform platform;
    private final ModelFiles model;

    private final int parallelism;

    private PlatformFixture(LocalPlatform platform, ModelFiles model, int parallelism) {
        this.platform = platform;
        this.model = model;
        this.parallelism = parallelism;
    }

    static PlatformFixture start(EnhancementModel model) throws IOException {
        return start(model, PARALLELISM);
    }

    static PlatformFixture start(EnhancementModel model, int parallelism) throws IOException {
        return start(model, parallelism, false);
    }

    /** Starts a platform with TLS, passwords and ACLs. */
    static PlatformFixture startSecured(EnhancementModel model) throws IOException {
        return start(model, PARALLELISM, true);
    }

    private static PlatformFixture start(EnhancementModel model, int parallelism, boolean secure) throws IOException {
        return start(model, LocalSettings.temporary(PARTITIONS, parallelism).secured(secure));
    }

    /** Starts a platform with the given settings; the job has as many subtasks as there are slots. */
    static PlatformFixture start(EnhancementModel model, LocalSettings settings) throws IOException {
        ArtifactFiles files = ModelArtifact.write(model, Provenance.unknown());
        return new PlatformFixture(
                LocalPlatform.start(settings), new ModelFiles(files.safetensors(), files.card()), settings.slots());
    }

    LocalPlatform platform() {
        return platform;
    }

    /** Submits the job. The options that depend on the clock are 0 by default, so that its output is reproducible. */
    void submit(Configuration options) throws IOException {
        Configuration complete = new Configuration(options);
        if (!complete.contains(JobOptions.OVERLOAD_DEADLINE)) {
            // Tests compare bits, and their frames are often older than the deadline when the job starts.
            complete.set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO);
        }
        if (!complete.contains(JobOptions.REORDER_TIMEOUT)) {
            complete.set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        }
        platform.submit(complete, List.of(model), parallelism);
    }

    /** Deletes the topic of raw frames and creates it again. */
    void replaceRawTopic() throws Exception {
        String raw = Topics.DEFAULT.rawFrames();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.deleteTopics(Set.of(raw)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(raw));
        }
        KafkaTopics.create(
                platform.bootstrapServers(), new Properties(), LocalPlatform.topics(Topics.DEFAULT, PARTITIONS));
    }

    FrameSender sender() throws IOException {
        return new FrameSender(platform.bootstrapServers(), Topics.DEFAULT.rawFrames(), platform.gatewaySettings());
    }

    void send(List<AudioFrame> frames) throws IOException {
        try (FrameSender sender = sender()) {
            for (AudioFrame frame : frames) {
                sender.send(frame);
            }
            sender.flush();
        }
    }

    /** Reads enhanced frames until the given number of streams have ended. */
    EnhancedStreams receive(int streams) throws IOException {
        EnhancedStreams enhanced = new EnhancedStreams();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (TopicReader<EnhancedFrame> reader = reader(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame())) {
            while (enhanced.ended() < streams) {
                reader.poll(Duration.ofMillis(200)).forEach(enhanced::add);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Only " + enhanced.ended() + " of " + streams + " streams ended, with "
                            + enhanced.frames() + " frames; the job is " + platform.jobStatus());
                }
            }
        }
        return enhanced;
    }

    /** Reads enhanced frames until a stream has the given number of frames. */
    Collection<EnhancedFrame> receiveFrames(String streamId, int frames) throws IOException {
        EnhancedStreams enhanced = new EnhancedStreams();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (TopicReader<EnhancedFrame> reader = reader(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame())) {
            while (enhanced.stream(streamId).size() < frames) {
                reader.poll(Duration.ofMillis(200)).forEach(enhanced::add);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Only " + enhanced.stream(streamId).size() + " of " + frames
                            + " frames of " + streamId + " came; the job is " + platform.jobStatus());
                }
            }
        }
        return enhanced.stream(streamId);
    }

    /** Returns every message that is in a topic now. */
    <T extends SpecificRecordBase> List<T> readAll(String topic, WireCodec<T> codec) throws IOException {
        List<T> all = new ArrayList<>();
        try (TopicReader<T> reader = reader(topic, codec)) {
            do {
                all.addAll(reader.poll(Duration.ofMillis(500)));
            } while (!reader.isAtEnd());
        }
        return all;
    }

    private <T extends SpecificRecordBase> TopicReader<T> reader(String topic, WireCodec<T> codec) throws IOException {
        return new TopicReader<>(platform.bootstrapServers(), topic, codec, platform.gatewaySettings());
    }

    @Override
    public void close() throws IOException {
        platform.close();
    }
}

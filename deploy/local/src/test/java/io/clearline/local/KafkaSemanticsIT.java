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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Transactions, and topics that change while a job runs. The tests share a platform and run in order, because they
 * change its topics.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaSemanticsIT {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final int FRAMES = 50;

    private PlatformFixture platform;

    @BeforeAll
    void start() throws Exception {
        platform = PlatformFixture.start(MODEL);
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
    }

    @Test
    @Order(1)
    void aReplayEndsBeforeAnOpenTransactionAndHasOnlyWhatWasCommitted() throws Exception {
        platform.send(stream("plain"));
        try (KafkaProducer<byte[], byte[]> aborting = transaction("aborting");
                KafkaProducer<byte[], byte[]> committing = transaction("committing");
                KafkaProducer<byte[], byte[]> open = transaction("open")) {
            send(aborting, "aborted");
            aborting.abortTransaction();
            send(committing, "committed");
            committing.commitTransaction();
            send(open, "open");

            platform.submit(new Configuration().set(JobOptions.MODE, DeliveryMode.REPLAY));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> platform.platform().jobStatus().isGloballyTerminalState());
            platform.platform().awaitEnd();

            assertThat(enhanced()).containsExactlyInAnyOrder("plain", "committed");
            open.abortTransaction();
        }
    }

    @Test
    @Order(2)
    void aLiveJobEnhancesOnlyWhatIsCommitted() throws Exception {
        platform.submit(new Configuration());
        try (KafkaProducer<byte[], byte[]> aborting = transaction("aborting-live");
                KafkaProducer<byte[], byte[]> committing = transaction("committing-live")) {
            send(aborting, "aborted-live");
            aborting.abortTransaction();
            send(committing, "committed-live");
            committing.commitTransaction();
            platform.receiveFrames("committed-live", FRAMES);

            assertThat(enhanced()).doesNotContain("aborted-live", "open");
        }
    }

    @Test
    @Order(3)
    void anAddedPartitionIsReadWithinSeconds() throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(TOPICS.rawFrames(), NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add("added-" + i);
            platform.send(stream(ids.get(i)));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(enhanced())
                .containsAll(ids));
    }

    @Test
    @Order(4)
    void aTopicThatIsDeletedAndCreatedAgainIsReadFromItsBeginning() throws Exception {
        platform.replaceRawTopic();
        // More records than the old topic had, so that its offsets would be valid in the new one.
        for (int i = 0; i < 20; i++) {
            platform.send(stream("after-" + i));
        }

        for (int i = 0; i < 20; i++) {
            platform.receiveFrames("after-" + i, FRAMES);
        }
    }

    @Test
    @Order(5)
    void aTopicWhoseRecordLimitIsTooLowIsReportedBeforeTheJobStarts() throws Exception {
        ConfigResource dead = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.deadFrames());
        AlterConfigOp smaller =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(dead, List.of(smaller))).all().get();
        }

        assertThatThrownBy(() -> platform.submit(new Configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.frames.dead takes 100000 and needs 1048576");
    }

    /** Returns the ids of the streams whose last frame has come out. */
    private Set<String> enhanced() throws Exception {
        return platform.readAll(TOPICS.enhancedFrames(), WireCodec.enhancedFrame()).stream()
                .filter(EnhancedFrame::getLastOfStream)
                .map(EnhancedFrame::getStreamId)
                .collect(Collectors.toSet());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", platform.platform().bootstrapServers()));
    }

    private KafkaProducer<byte[], byte[]> transaction(String id) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", platform.platform().bootstrapServers(), "transactional.id", "test-" + id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String id) {
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        for (AudioFrame frame : stream(id)) {
            producer.send(new ProducerRecord<>(TOPICS.rawFrames(), key, codec.encode(frame)));
        }
        producer.flush();
    }

    private static List<AudioFrame> stream(String id) {
        AudioClip clip = new AudioClip(Signals.whiteNoise(16_000, 0.1, id.hashCode()), 16_000);
        return ClipFrames.of(id, clip, AudioEncoding.PCM_S16LE, 20, 0);
    }
}

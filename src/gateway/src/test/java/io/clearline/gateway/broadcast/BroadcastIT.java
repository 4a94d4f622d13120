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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.broadcast.OutputArguments.Wishes;
import io.clearline.gateway.kafka.EchoJob;
import io.clearline.gateway.kafka.EnhancedConsumer;
import io.clearline.gateway.kafka.FrameProducer;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireHeaders;
import io.clearline.local.EmbeddedKafka;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends a looped file through a real Kafka and two real ffmpeg processes into a file. The job changes no sample. */
class BroadcastIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final List<String> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void audioIngestedInRealTimeIsWrittenSampleForSample() throws Exception {
        FfmpegFiles.assumeInstalled();
        Path in = FfmpegFiles.noise(folder.resolve("in.wav"), 2);
        Path out = folder.resolve("out.wav");
        try (EmbeddedKafka kafka = startKafka();
                EchoJob job = new EchoJob(kafka.bootstrapServers())) {
            await().atMost(TIMEOUT).until(job::isReading);
            Egress egress = new Egress(
                    EgressSettings.of("radio", OutputArguments.of(out.toString(), Wishes.NONE))
                            .withPaced(false)
                            .withOnce(),
                    events::add);
            try (FrameProducer producer = producer(kafka);
                    EnhancedConsumer consumer = consumer(kafka, egress)) {
                producer.start();
                consumer.start();
                Ingest ingest =
                        new Ingest(IngestSettings.of("radio", in.toString()).withLoop(true), producer, events::add);
                CompletableFuture<Void> ingesting = run(ingest::run);
                CompletableFuture<Void> egressing = run(egress::run);
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(egress.status().frames())
                                .as("frames out; %s; %s; %s", ingest.status(), egress.status(), events)
                                .isGreaterThan(150));
                ingest.stop();
                ingesting.join();
                egressing.join();
                assertThat(ingest.status().framesNotSent()).isZero();
                assertThat(egress.status().frames()).isEqualTo(ingest.status().frames());
            }
        }
        short[] once = FfmpegFiles.samples(in);
        short[] heard = FfmpegFiles.samples(out);
        assertThat(heard.length).isGreaterThanOrEqualTo(149 * 960 * 2);
        for (int i = 0; i < heard.length; i++) {
            assertThat(heard[i]).as("sample %d", i).isEqualTo(once[i % once.length]);
        }
    }

    private EmbeddedKafka startKafka() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        short replicas = 1;
        kafka.createTopics(List.of(
                new NewTopic(Topics.DEFAULT.rawFrames(), 2, replicas),
                new NewTopic(Topics.DEFAULT.enhancedFrames(), 2, replicas)));
        return kafka;
    }

    private static FrameProducer producer(EmbeddedKafka kafka) {
        return new FrameProducer(
                kafka.bootstrapServers(),
                Topics.DEFAULT.rawFrames(),
                new Properties(),
                WireHeaders.SINGLE_OBJECT,
                Duration.ofSeconds(30));
    }

    private static EnhancedConsumer consumer(EmbeddedKafka kafka, Egress egress) {
        return new EnhancedConsumer(
                kafka.bootstrapServers(),
                Topics.DEFAULT.enhancedFrames(),
                new Properties(),
                WireCodec.enhancedFrame(),
                egress,
                true);
    }

    private interface Body {
        void run() throws IOException;
    }

    private CompletableFuture<Void> run(Body body) {
        return CompletableFuture.runAsync(() -> {
            try {
                body.run();
            } catch (IOException e) {
                events.add(e.toString());
                throw new IllegalStateException(e);
            }
        });
    }
}

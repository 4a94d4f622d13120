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
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.TopicReader;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka with TLS, SCRAM and ACLs: permitted clients work, others are refused with a useful message, and no secret
 * appears in logs, web pages or messages.
 */
class SecuredPlatformIT {
    private static final List<AudioFrame> FRAMES = frames("a");

    private static SeenLog log;
    private static PlatformFixture platform;

    @BeforeAll
    static void start() throws IOException {
        log = SeenLog.open();
        platform = PlatformFixture.startSecured(TestModels.bandModel(new StftSpec(512, 256)));
        platform.send(FRAMES);
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
        log.close();
    }

    @Test
    void replayAndLiveRunWithTheLeastAcls() throws Exception {
        platform.submit(new Configuration().set(JobOptions.MODE, DeliveryMode.REPLAY));
        platform.platform().awaitEnd();
        assertThat(platform.receive(1).frames()).isEqualTo(FRAMES.size());
        platform.submit(new Configuration().set(JobOptions.MODE, DeliveryMode.LIVE));
        // The replay has not seen this stream, so its frames prove that the live job runs.
        platform.send(frames("b"));
        assertThat(platform.receiveFrames("b", FRAMES.size())).hasSameSizeAs(FRAMES);

        assertThat(log.text()).contains("sasl.jaas.config").doesNotContain(secrets());
        String job = "/jobs/" + platform.platform().jobId();
        for (String page : List.of("/jobmanager/config", "/config", job, job + "/config", job + "/plan")) {
            assertThat(web(page))
                    .as(page)
                    .contains("{")
                    .doesNotContain("\"errors\"")
                    .doesNotContain(secrets());
        }
    }

    @Test
    void aClientWithoutAclsIsRefused() throws IOException {
        Properties guest = settings(LocalSecurity.GUEST);
        KafkaAccess.requireConnection(servers(), guest);
        try (FrameSender sender = new FrameSender(servers(), Topics.DEFAULT.rawFrames(), guest)) {
            assertThatThrownBy(() -> {
                        sender.send(FRAMES.get(0));
                        sender.flush();
                    })
                    .hasMessage("Frames can't be written to clearline.frames.raw: Not authorized to access topics:"
                            + " [clearline.frames.raw]. Grant this user the ACL; SECURITY.md lists what"
                            + " each program needs.");
        }
        assertThatThrownBy(() -> new TopicReader<>(servers(), Topics.DEFAULT.events(), WireCodec.streamEvent(), guest))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("clearline.events can't be read: Not authorized");
    }

    @Test
    void theJobOfAUserWithoutTheAclsIsRefusedBeforeItStarts() throws IOException {
        assertThatThrownBy(() -> KafkaAccess.requireAcls(
                        servers(),
                        settings(LocalSecurity.GATEWAY),
                        KafkaAcls.ofJob("User:gateway", Topics.DEFAULT, "clearline")))
                .hasMessageContaining("no READ on clearline.frames.raw")
                .hasMessageContaining("SECURITY.md");
        KafkaAccess.requireAcls(
                servers(), settings(LocalSecurity.JOB), KafkaAcls.ofJob("User:job", Topics.DEFAULT, "clearline"));
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        Properties wrong = settings(LocalSecurity.GATEWAY);
        wrong.setProperty(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"gateway\""
                        + " password=\"guess\";");
        assertThatThrownBy(() -> KafkaAccess.requireConnection(servers(), wrong))
                .hasMessageContaining("failed: Authentication failed")
                .hasMessageContaining("Check the user and password")
                .hasMessageNotContaining("guess");
    }

    @Test
    void aBrokerWithAnotherCertificateIsRefused(@TempDir Path folder) throws IOException {
        Path other = LocalSecurity.in(folder).clientFile(LocalSecurity.GATEWAY);
        Properties stranger = KafkaSettings.resolvable(KafkaSettings.read(other));
        assertThatThrownBy(() -> KafkaAccess.requireConnection(servers(), stranger))
                .hasMessageContaining("Check ssl.truststore.location");
    }

    @Test
    void theErrorOfAClientWithoutTlsNamesTls() {
        Properties plain = new Properties();
        // The client waits for the whole timeout, which is ten seconds by default.
        plain.put("default.api.timeout.ms", "2000");
        plain.put("request.timeout.ms", "2000");
        assertThatThrownBy(() -> KafkaAccess.requireConnection(servers(), plain))
                .hasMessageContaining("or it requires TLS");
    }

    private static List<AudioFrame> frames(String streamId) {
        AudioClip clip = new AudioClip(Signals.whiteNoise(16_000, 0.1, 1), 16_000);
        return ClipFrames.of(streamId, clip, AudioEncoding.PCM_S16LE, 20, 0);
    }

    private static Properties settings(String user) throws IOException {
        return KafkaSettings.resolvable(
                KafkaSettings.read(platform.platform().security().orElseThrow().clientFile(user)));
    }

    private static String servers() {
        return platform.platform().bootstrapServers();
    }

    private static List<String> secrets() {
        return platform.platform().security().orElseThrow().secrets();
    }

    private static String web(String page) throws Exception {
        URI uri = URI.create(platform.platform().webAddress() + page);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}

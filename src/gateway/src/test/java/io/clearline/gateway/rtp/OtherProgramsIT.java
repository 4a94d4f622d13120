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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.dsp.AudioFiles;
import io.clearline.gateway.FreePorts;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.srtp.SrtpKey;
import io.clearline.gateway.srtp.SrtpKeys;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interoperates with ffmpeg and GStreamer where they are installed. Kafka and the job are replaced by a fake. */
class OtherProgramsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private RtpPorts ports;
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        port = FreePorts.pairs(1);
        ports = RtpPorts.open(
                loops,
                job.context(SessionSettings.DEFAULT.withMaxDelay(Duration.ofSeconds(1))),
                new RtpAddress(InetAddress.getLoopbackAddress(), port, port + 1),
                AllowList.EVERYONE,
                new StreamIds("test"),
                () -> true);
    }

    @AfterEach
    void close() {
        ports.close();
        loops.close();
        job.close();
    }

    @Test
    void ffmpegSendsAndReceivesSrtp() throws Exception {
        assumeTrue(isInstalled("ffmpeg"), "ffmpeg is not installed");
        int back = FreePorts.pairs(1);
        SrtpKey key = SrtpKey.random();
        SrtpKeys keys = SrtpKeys.of(1, key);
        ports.signal("ffmpeg", SdpDescription.parse(sdp(port, 0, "PCMU/8000"), keys), loopback(back));
        String protectedSdp = sdp(back, 0, "PCMU/8000").replace("RTP/AVP", "RTP/SAVP") + "a=crypto:" + keys.answer();
        Path sdp = Files.writeString(folder.resolve("back.sdp"), protectedSdp + "\n");
        Process receiver = receiver(sdp);
        Process sender = sender(
                "pcm_mulaw",
                8000,
                0,
                "-srtp_out_suite",
                "AES_CM_128_HMAC_SHA1_80",
                "-srtp_out_params",
                key.base64(),
                "srtp://127.0.0.1:" + port);
        assertHeard(receiver, sender);
        assertThat(job.counters().get(SessionCounter.PACKETS_UNAUTHENTICATED)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "pcm_mulaw, 8000, 0, PCMU/8000",
        "pcm_alaw, 8000, 8, PCMA/8000",
        "g722, 16000, 9, G722/8000",
        "pcm_s16be, 16000, 97, L16/16000",
        "libopus, 48000, 97, opus/48000/2"
    })
    void ffmpegSendsAndReceives(String codec, int rate, int payloadType, String format) throws Exception {
        assumeTrue(isInstalled("ffmpeg"), "ffmpeg is not installed");
        int back = FreePorts.pairs(1);
        ports.signal("ffmpeg", SdpDescription.parse(sdp(port, payloadType, format)), loopback(back));
        Path sdp = Files.writeString(folder.resolve("back.sdp"), sdp(back, payloadType, format));
        Process receiver = receiver(sdp);
        Process sender = sender(codec, rate, payloadType, "rtp://127.0.0.1:" + port);
        assertHeard(receiver, sender);
    }

    private Process receiver(Path sdp) throws IOException {
        return start(
                "ffmpeg",
                "-nostdin",
                "-protocol_whitelist",
                "file,udp,rtp,srtp",
                "-i",
                sdp.toString(),
                "-t",
                "2",
                "-ac",
                "1",
                folder.resolve("heard.wav").toString());
    }

    private Process sender(String codec, int rate, int payloadType, String... output) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-re", "-stream_loop", "-1"));
        command.addAll(List.of("-i", speech(), "-c:a", codec, "-ar", Integer.toString(rate), "-ac", "1"));
        command.addAll(List.of("-payload_type", Integer.toString(payloadType), "-f", "rtp"));
        command.addAll(List.of(output));
        return start(command.toArray(String[]::new));
    }

    private void assertHeard(Process receiver, Process sender) throws IOException {
        Path heard = folder.resolve("heard.wav");
        try {
            await().atMost(TIMEOUT).until(() -> !receiver.isAlive());
            assertThat(Files.exists(heard)).isTrue();
            assertThat(energy(AudioFiles.read(heard).samples())).isPositive();
            assertThat(job.counters().get(SessionCounter.FRAMES_ENHANCED)).isPositive();
            assertThat(job.counters().get(SessionCounter.PACKETS_REFUSED)).isZero();
        } finally {
            receiver.destroyForcibly();
            sender.destroyForcibly();
        }
    }

    @Test
    void gstreamerSendsAndReceives() throws Exception {
        assumeTrue(isInstalled("gst-launch-1.0"), "GStreamer is not installed");
        int back = FreePorts.pairs(1);
        ports.signal("gst", SdpDescription.parse(sdp(port, 0, "PCMU/8000")), loopback(back));
        Path heard = folder.resolve("heard.wav");
        Process receiver = start(
                "gst-launch-1.0",
                "-e",
                "udpsrc",
                "port=" + back,
                "address=127.0.0.1",
                "num-buffers=100",
                "caps=application/x-rtp,media=audio,clock-rate=8000,encoding-name=PCMU,payload=0",
                "!",
                "rtpjitterbuffer",
                "!",
                "rtppcmudepay",
                "!",
                "mulawdec",
                "!",
                "wavenc",
                "!",
                "filesink",
                "location=" + heard);
        Process sender = start(
                "gst-launch-1.0",
                "audiotestsrc",
                "is-live=true",
                "samplesperbuffer=160",
                "!",
                "audio/x-raw,rate=8000,channels=1",
                "!",
                "mulawenc",
                "!",
                "rtppcmupay",
                "min-ptime=20000000",
                "max-ptime=20000000",
                "!",
                "udpsink",
                "host=127.0.0.1",
                "port=" + port);
        try {
            await().atMost(TIMEOUT).until(() -> !receiver.isAlive());
            assertThat(Files.exists(heard)).isTrue();
            assertThat(energy(AudioFiles.read(heard).samples())).isPositive();
            assertThat(job.counters().get(SessionCounter.FRAMES_ENHANCED)).isPositive();
        } finally {
            receiver.destroyForcibly();
            sender.destroyForcibly();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static String sdp(int port, int payloadType, String format) {
        return "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio " + port + " RTP/AVP "
                + payloadType + "\na=rtpmap:" + payloadType + " " + format + "\n";
    }

    private static String speech() throws IOException {
        return Samples.speech().get(0).toString();
    }

    private Process start(String... command) throws IOException {
        Path log = folder.resolve(command[0] + "-" + System.nanoTime() + ".log");
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static boolean isInstalled(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return sum;
    }
}

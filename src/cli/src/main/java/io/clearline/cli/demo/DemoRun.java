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
package io.clearline.cli.demo;

import io.clearline.cli.FramePlayer;
import io.clearline.cli.ReceivedStream;
import io.clearline.dsp.AudioClip;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.TopicReader;
import io.clearline.kafka.Topics;
import io.clearline.local.LocalPlatform;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.apache.avro.specific.SpecificRecordBase;

/** Plays streams concurrently through a running job and collects the results. Thread-confined. */
public final class DemoRun {
    private static final int FRAME_MILLIS = 20;
    /** 2026-01-01T00:00:00Z. It is fixed so that two runs send the same bytes. */
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

    private static final String WARM_UP = "warm-up-";
    private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(60);
    private static final double AS_FAST_AS_POSSIBLE = Double.POSITIVE_INFINITY;

    private final String bootstrapServers;
    private final Properties settings;
    private final List<DemoStream> streams;

    /** The prefix of the stream ids, unique if the topics may contain an earlier demo; empty in new topics. */
    private final String prefix;

    /** Creates a run on a platform in this process. */
    public DemoRun(LocalPlatform platform, List<DemoStream> streams) throws IOException {
        this(platform.bootstrapServers(), platform.gatewaySettings(), streams, "");
    }

    /**
     * Creates a run on an existing Kafka, from which a job reads.
     *
     * @param settings settings of the Kafka clients
     */
    public DemoRun(String bootstrapServers, Properties settings, List<DemoStream> streams) {
        this(
                bootstrapServers,
                settings,
                streams,
                "demo-" + UUID.randomUUID().toString().substring(0, 8) + "-");
    }

    private DemoRun(String bootstrapServers, Properties settings, List<DemoStream> streams, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.settings = settings;
        this.streams = streams;
        this.prefix = prefix;
    }

    /**
     * The results of the measured round.
     *
     * @param enhanced enhanced audio by stream id
     * @param estimatedSdrDb mean of the job's estimates of the output SDR, by stream id
     * @param latencyMicros time from when a frame was due at Kafka until its enhanced frame was read
     * @param frames number of frames that were sent
     * @param deadLetters number of records that the job could not process
     * @param gaps number of gaps that the job reported
     */
    public record Outcome(
            Map<String, AudioClip> enhanced,
            Map<String, Double> estimatedSdrDb,
            Histogram latencyMicros,
            long frames,
            long deadLetters,
            long gaps) {}

    /**
     * Plays the streams twice: once as fast as possible to warm up the JVM, and once to be measured.
     *
     * @param speed speed of the measured round as a multiple of real time; may be infinite
     * @param listener receives the frames of the measured round
     * @throws IOException if Kafka fails, or no enhanced frame comes for a minute
     */
    public Outcome play(double speed, FramePlayer.Listener listener) throws IOException {
        int deadBefore = deadLetters();
        String warmUp = WARM_UP + prefix;
        exchange(frames(warmUp), id -> id.startsWith(warmUp), AS_FAST_AS_POSSIBLE, (frame, dueNanos) -> {});
        List<AudioFrame> frames = frames(prefix);
        Exchange exchange = exchange(frames, this::isOfThisRun, speed, listener);
        Map<String, AudioClip> enhanced = new TreeMap<>();
        exchange.received.forEach((id, stream) -> enhanced.put(name(id), stream.clip()));
        return new Outcome(
                enhanced, estimatedSdrDb(), exchange.latencyMicros, frames.size(), deadLetters() - deadBefore, gaps());
    }

    /** Returns the number of frames in the measured round. */
    public int frames() {
        return frames(prefix).size();
    }

    private record Exchange(Map<String, ReceivedStream> received, Histogram latencyMicros) {}

    private Exchange exchange(
            List<AudioFrame> frames, Predicate<String> wanted, double speed, FramePlayer.Listener listener)
            throws IOException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (TopicReader<EnhancedFrame> reader = reader(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame());
                FrameSender sender = new FrameSender(bootstrapServers, Topics.DEFAULT.rawFrames(), settings)) {
            EnhancedTopic topic = new EnhancedTopic(reader, streams.size(), wanted, FRAME_TIMEOUT);
            Future<Map<String, ReceivedStream>> received = executor.submit(topic);
            new FramePlayer(sender, speed, (frame, dueNanos) -> {
                        topic.sent(frame.getStreamId(), frame.getSequence(), dueNanos);
                        listener.sending(frame, dueNanos);
                    })
                    .play(frames);
            return new Exchange(await(received), topic.latencyMicros());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Map<String, ReceivedStream> await(Future<Map<String, ReceivedStream>> received) throws IOException {
        try {
            return received.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for enhanced frames.", e);
        }
    }

    /** Returns whether a stream belongs to the measured round, not to the warm-up or another demo. */
    private boolean isOfThisRun(String id) {
        return id.startsWith(prefix) && !id.startsWith(WARM_UP);
    }

    private String name(String id) {
        return id.substring(prefix.length());
    }

    private List<AudioFrame> frames(String beforeName) {
        List<AudioFrame> frames = new ArrayList<>();
        for (DemoStream stream : streams) {
            frames.addAll(ClipFrames.of(
                    beforeName + stream.id(), stream.noisy(), stream.encoding(), FRAME_MILLIS, EPOCH_MICROS));
        }
        return frames;
    }

    private Map<String, Double> estimatedSdrDb() throws IOException {
        return readAll(Topics.DEFAULT.sdrEstimates(), WireCodec.sdrEstimate()).stream()
                .filter(estimate -> isOfThisRun(estimate.getStreamId()))
                .collect(Collectors.groupingBy(
                        estimate -> name(estimate.getStreamId()),
                        Collectors.averagingDouble(SdrEstimate::getOutputSdrDb)));
    }

    private long gaps() throws IOException {
        return readAll(Topics.DEFAULT.events(), WireCodec.streamEvent()).stream()
                .filter(event -> event.getKind() == StreamEventKind.GAP)
                .filter(event -> isOfThisRun(event.getStreamId()))
                .count();
    }

    private int deadLetters() throws IOException {
        return readAll(Topics.DEFAULT.deadFrames(), WireCodec.deadFrame()).size();
    }

    private <T extends SpecificRecordBase> List<T> readAll(String topic, WireCodec<T> codec) throws IOException {
        List<T> all = new ArrayList<>();
        try (TopicReader<T> reader = reader(topic, codec)) {
            do {
                all.addAll(reader.poll(Duration.ofMillis(300)));
            } while (!reader.isAtEnd());
        }
        return all;
    }

    private <T extends SpecificRecordBase> TopicReader<T> reader(String topic, WireCodec<T> codec) throws IOException {
        return new TopicReader<>(bootstrapServers, topic, codec, settings);
    }
}

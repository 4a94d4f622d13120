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

/** Plays streams through a running platform, all at the same time, and collects what comes out. One thread uses it. */
public final class DemoRun {
    private static final int FRAME_MILLIS = 20;
    // Fixed, so that two runs send the same bytes: 2026-01-01T00:00:00Z.
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;
    private static final String WARM_UP = "warm-up-";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double AS_FAST_AS_POSSIBLE = Double.POSITIVE_INFINITY;

    private final String bootstrapServers;
    private final Properties settings;
    private final List<DemoStream> streams;

    /** Before each stream's name in Kafka, where results of an earlier demo may lie; empty in topics of its own. */
    private final String prefix;

    /** On the platform of this process. */
    public DemoRun(LocalPlatform platform, List<DemoStream> streams) throws IOException {
        this(platform.bootstrapServers(), platform.gatewaySettings(), streams, "");
    }

    /**
     * On a Kafka that a job reads.
     *
     * @param settings of the Kafka clients
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
     * What came out.
     *
     * @param enhanced by stream id
     * @param estimatedSdrDb mean estimated output SDR by stream id
     * @param latencyMicros from when a frame was due at Kafka to when its enhanced one was read
     */
    public record Outcome(
            Map<String, AudioClip> enhanced,
            Map<String, Double> estimatedSdrDb,
            Histogram latencyMicros,
            long frames,
            long deadLetters,
            long gaps) {}

    /**
     * Plays everything at {@code speed} times real time, after a first round that no one measures, while the JVM
     * compiles.
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

    /** How many frames the measured round has. */
    public int frames() {
        return frames(prefix).size();
    }

    private record Exchange(Map<String, ReceivedStream> received, Histogram latencyMicros) {}

    private Exchange exchange(
            List<AudioFrame> frames, Predicate<String> wanted, double speed, FramePlayer.Listener listener)
            throws IOException {
        ExecutorService listening = Executors.newSingleThreadExecutor();
        try (TopicReader<EnhancedFrame> reader = reader(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame());
                FrameSender sender = new FrameSender(bootstrapServers, Topics.DEFAULT.rawFrames(), settings)) {
            EnhancedTopic topic = new EnhancedTopic(reader, streams.size(), wanted, PATIENCE);
            Future<Map<String, ReceivedStream>> received = listening.submit(topic);
            new FramePlayer(sender, speed, (frame, dueNanos) -> {
                        topic.sent(frame.getStreamId(), frame.getSequence(), dueNanos);
                        listener.sending(frame, dueNanos);
                    })
                    .play(frames);
            return new Exchange(await(received), topic.latencyMicros());
        } finally {
            listening.shutdownNow();
        }
    }

    private static Map<String, ReceivedStream> await(Future<Map<String, ReceivedStream>> received) throws IOException {
        try {
            return received.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while enhanced frames were awaited.", e);
        }
    }

    /** Warm-up streams are none of it. */
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

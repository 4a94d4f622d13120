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
package io.clearline.cli.audio;

import io.clearline.dsp.audio.AudioReader;
import io.clearline.dsp.audio.AudioReaders;
import io.clearline.dsp.audio.AudioSpec;
import io.clearline.dsp.audio.AudioTags;
import io.clearline.dsp.audio.AudioWriter;
import io.clearline.dsp.audio.ByteTarget;
import io.clearline.dsp.audio.FlacWriter;
import io.clearline.dsp.audio.RawWriter;
import io.clearline.dsp.audio.SampleCoding;
import io.clearline.dsp.audio.SampleFormat;
import io.clearline.dsp.audio.WaveWriter;
import io.clearline.job.offline.ChannelEnhancer;
import io.clearline.job.stream.ModelSet;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Enhances one file after another, block by block, so that the memory does not depend on the length of a file. A result
 * is written to a temporary file and renamed when it is complete. Thread-confined.
 */
public final class FileEnhancer {
    private static final int BLOCK_FRAMES = 1024;
    /** FLAC stores integers only; 24 bits are the precision of a float's significand. */
    private static final int FLAC_BITS_OF_FLOATS = 24;

    private static final AtomicLong UNFINISHED = new AtomicLong();

    private final ModelSet models;
    private final EnhanceSettings settings;
    private final BooleanSupplier stopped;

    /** @param stopped returns whether to stop; called between blocks, after which the partial result is kept */
    public FileEnhancer(ModelSet models, EnhanceSettings settings, BooleanSupplier stopped) {
        this.models = models;
        this.settings = settings;
        this.stopped = stopped;
    }

    /**
     * The outcome of one file. Immutable.
     *
     * @param spec format of the result
     * @param frames number of samples of each channel in the result
     * @param whole false if the run was stopped before the end of the file
     * @param warnings what was noticed while reading the file, in sentences
     */
    public record Outcome(AudioSpec spec, long frames, boolean whole, List<String> warnings) {
        /** Returns the duration of the result in seconds. */
        public double seconds() {
            return (double) frames / spec.sampleRateHz();
        }
    }

    /**
     * Enhances a file into another.
     *
     * @param partial the file for a partial result, if the run is stopped
     */
    public Outcome enhance(Path file, Path target, Path partial) throws IOException {
        try (AudioReader reader = AudioReaders.open(file, settings.reading())) {
            return enhance(reader, target, partial);
        }
    }

    private Outcome enhance(AudioReader reader, Path target, Path partial) throws IOException {
        boolean flac = ResultTarget.isFlac(target, isFlac(reader));
        AudioSpec spec = resultSpec(reader.spec(), flac);
        if (ResultTarget.isPipeOrDevice(target)) {
            // Its reader waits for bytes; a file in its place would never reach it.
            return copy(reader, writer(ByteTarget.of(NamedOutput.open(target)), spec, reader.tags(), flac), spec);
        }
        Path folder = target.toAbsolutePath().getParent();
        OutputFolder.create(folder);
        Path unfinished = folder.resolve(
                ".clearline-" + ProcessHandle.current().pid() + "-" + UNFINISHED.incrementAndGet() + ".part");
        try {
            Outcome outcome = copy(reader, writer(created(unfinished), spec, reader.tags(), flac), spec);
            move(unfinished, outcome.whole() ? target : partial);
            return outcome;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Enhances the audio of a pipe into a file. */
    public Outcome enhance(InputStream in, Path target) throws IOException {
        try (AudioReader reader = AudioReaders.open(in, settings.reading())) {
            return enhance(reader, target, target);
        }
    }

    /** Enhances the audio of a pipe into another. */
    public Outcome enhance(InputStream in, OutputStream out) throws IOException {
        try (AudioReader reader = AudioReaders.open(in, settings.reading())) {
            return enhance(reader, out);
        }
    }

    /** Enhances a file into a pipe. */
    public Outcome enhance(Path file, OutputStream out) throws IOException {
        try (AudioReader reader = AudioReaders.open(file, settings.reading())) {
            return enhance(reader, out);
        }
    }

    private Outcome enhance(AudioReader reader, OutputStream out) throws IOException {
        String container = settings.container();
        boolean flac = isFlac(reader);
        AudioSpec spec = resultSpec(reader.spec(), flac);
        ByteTarget target = ByteTarget.of(out);
        if (settings.reading().raw() != null && container == null) {
            return copy(reader, new RawWriter(target, spec), spec);
        }
        // Only a container that was asked for must be kept.
        boolean kept = flac && (container != null || FlacWriter.holds(spec));
        return copy(reader, writer(target, spec, reader.tags(), kept), spec);
    }

    /** Returns whether a result is FLAC whose path names no container. */
    private boolean isFlac(AudioReader reader) {
        return settings.container() == null
                ? reader.spec().container().equals("FLAC")
                : settings.container().equals("flac");
    }

    private static ByteTarget created(Path unfinished) throws IOException {
        try {
            return ByteTarget.of(unfinished);
        } catch (FileSystemException e) {
            // The user knows the folder, but not the name of the temporary file.
            throw new IOException(
                    "no file can be created in " + unfinished.getParent() + ": " + OutputFolder.reason(e), e);
        }
    }

    private AudioSpec resultSpec(AudioSpec source, boolean flac) {
        SampleFormat format = settings.format() == null ? AudioReaders.resultFormat(source) : settings.format();
        if (flac && settings.format() == null && format.coding() != SampleCoding.PCM) {
            format = SampleFormat.pcm(format.coding() == SampleCoding.FLOAT ? FLAC_BITS_OF_FLOATS : 16);
        }
        AudioSpec spec = source.withFormat(format);
        return settings.downmix() ? spec.withChannels(1) : spec;
    }

    private static AudioWriter writer(ByteTarget target, AudioSpec spec, AudioTags tags, boolean flac)
            throws IOException {
        if (!flac) {
            return new WaveWriter(target, spec, tags);
        }
        if (!FlacWriter.holds(spec)) {
            throw new IOException("FLAC can't store " + spec.format() + " with " + spec.channels()
                    + " channels; choose another --format, or wav");
        }
        return new FlacWriter(target, spec, tags);
    }

    private Outcome copy(AudioReader reader, AudioWriter writer, AudioSpec spec) throws IOException {
        ChannelEnhancer enhancer = new ChannelEnhancer(models, settings.rules(), spec.sampleRateHz(), spec.channels());
        try (writer) {
            return copy(reader, enhancer, writer, spec);
        } finally {
            enhancer.abandon();
        }
    }

    private Outcome copy(AudioReader reader, ChannelEnhancer enhancer, AudioWriter writer, AudioSpec spec)
            throws IOException {
        int channels = reader.spec().channels();
        float[] block = new float[BLOCK_FRAMES * channels];
        long written = 0;
        int frames = reader.read(block, BLOCK_FRAMES);
        while (frames > 0 && !stopped.getAsBoolean()) {
            if (settings.downmix()) {
                mix(block, frames, channels);
            }
            code(block, frames * spec.channels());
            enhancer.push(block, frames);
            written += drain(enhancer, writer, block, spec.channels());
            frames = reader.read(block, BLOCK_FRAMES);
        }
        enhancer.end();
        written += drain(enhancer, writer, block, spec.channels());
        writer.tags(reader.tags());
        return new Outcome(spec, written, frames == 0, reader.warnings());
    }

    private long drain(ChannelEnhancer enhancer, AudioWriter writer, float[] block, int channels) throws IOException {
        long written = 0;
        int frames = enhancer.pull(block, BLOCK_FRAMES);
        while (frames > 0) {
            code(block, frames * channels);
            writer.write(block, frames);
            written += frames;
            frames = enhancer.pull(block, BLOCK_FRAMES);
        }
        return written;
    }

    private static void mix(float[] block, int frames, int channels) {
        for (int i = 0; i < frames; i++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += block[i * channels + channel];
            }
            block[i] = sum / channels;
        }
    }

    /** Encodes and decodes the samples, as if they were sent over Kafka. */
    private void code(float[] block, int samples) {
        if (settings.encoding() != null) {
            byte[] payload = new byte[samples * FrameLimits.bytesPerSample(settings.encoding())];
            FramePayload.encode(settings.encoding(), block, 0, payload, samples);
            FramePayload.decode(settings.encoding(), payload, 0, block, 0, samples);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

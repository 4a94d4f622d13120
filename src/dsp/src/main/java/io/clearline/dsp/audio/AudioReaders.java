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
package io.clearline.dsp.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens audio files and streams. Recognises the format by the first bytes, never by the name of the file: WAV (RIFF,
 * RIFX, RF64, BW64), Wave64, AIFF, AU and FLAC, optionally preceded by ID3 tags. Other formats are decoded by
 * {@code ffmpeg} if it is installed. Stateless.
 */
public final class AudioReaders {
    private static final int HEAD_BYTES = 64;
    private static final int ID3_HEAD_BYTES = 10;

    private AudioReaders() {}

    /**
     * Opens a file.
     *
     * @throws BadAudioException if the file cannot be read without errors; the message does not name the file
     */
    public static AudioReader open(Path file, ReadOptions options) throws IOException {
        if (Files.isDirectory(file)) {
            throw new BadAudioException("it is a folder; expected an audio file");
        }
        ByteSource source = ByteSource.of(file);
        Path forFfmpeg = Files.isRegularFile(file) ? file : null;
        return open(source, forFfmpeg, options);
    }

    /** Opens audio that comes through a pipe. */
    public static AudioReader open(InputStream in, ReadOptions options) throws IOException {
        return open(ByteSource.of(in), null, options);
    }

    /** Opens the content of a file in memory. */
    public static AudioReader open(byte[] bytes, ReadOptions options) throws IOException {
        return open(ByteSource.of(bytes), null, options);
    }

    private static AudioReader open(ByteSource source, Path file, ReadOptions options) throws IOException {
        try {
            return recognise(source, file, options);
        } catch (BadAudioException e) {
            source.close();
            // ffmpeg reads the audio from the start again, which is only possible for a file.
            if (e.isForeign() && file != null && options.ffmpeg() && FfmpegProcess.isInstalled()) {
                return FfmpegReader.open(file, options.salvage());
            }
            throw e.isForeign() ? new BadAudioException(e.getMessage() + hint(options)) : e;
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static AudioReader recognise(ByteSource source, Path file, ReadOptions options) throws IOException {
        if (options.raw() != null) {
            return raw(source, options);
        }
        skipId3(source);
        byte[] head = source.peek(HEAD_BYTES);
        boolean salvage = options.salvage();
        if (WaveHeader.matches(head)) {
            return WaveHeader.open(source, salvage);
        } else if (FlacReader.matches(head)) {
            return new FlacReader(source, salvage);
        } else if (Wave64Header.matches(head)) {
            return Wave64Header.open(source, salvage);
        } else if (AiffHeader.matches(head)) {
            return AiffHeader.open(source, salvage);
        } else if (AuHeader.matches(head)) {
            return AuHeader.open(source, salvage);
        } else if (head.length == 0) {
            throw new BadAudioException("it is empty");
        }
        if (file == null && options.ffmpeg() && FfmpegProcess.isInstalled()) {
            return FfmpegReader.open(source, salvage);
        }
        throw BadAudioException.foreign("it is none of WAV, RF64, W64, AIFF, AU and FLAC");
    }

    /** Returns the default sample format of a result for this input: the format of the input itself. */
    public static SampleFormat resultFormat(AudioSpec spec) {
        // Formats that need ffmpeg are mostly lossy. Floats are the format of its decoder, not of the recording.
        return spec.container().equals(FfmpegReader.CONTAINER) ? SampleFormat.PCM_16 : spec.format();
    }

    private static AudioReader raw(ByteSource source, ReadOptions options) {
        RawFormat raw = options.raw();
        SoundData found = new SoundData();
        found.bigEndian = raw.bigEndian();
        found.unsignedByte = raw.unsignedByte();
        found.bytes = SoundData.TO_THE_END;
        long frames = source.length() == ByteSource.UNKNOWN
                ? AudioSpec.UNKNOWN
                : source.length() / raw.spec().frameBytes();
        AudioSpec spec = raw.spec();
        found.spec = new AudioSpec(spec.container(), spec.sampleRateHz(), spec.channels(), 0, spec.format(), frames);
        return new PcmReader(source, found, options.salvage());
    }

    /** Skips ID3 tags, which some programs add to files of any format. */
    private static void skipId3(ByteSource source) throws IOException {
        byte[] head = source.peek(ID3_HEAD_BYTES);
        while (head.length == ID3_HEAD_BYTES && head[0] == 'I' && head[1] == 'D' && head[2] == '3') {
            int size = 0;
            for (int i = 6; i < ID3_HEAD_BYTES; i++) {
                size = size << 7 | head[i] & 0x7f;
            }
            boolean footer = (head[5] & 0x10) != 0;
            if (!source.skip(ID3_HEAD_BYTES + size + (footer ? ID3_HEAD_BYTES : 0))) {
                throw new BadAudioException("its ID3 tag states " + size + " bytes, more than the file has");
            }
            head = source.peek(ID3_HEAD_BYTES);
        }
    }

    private static String hint(ReadOptions options) {
        if (options.ffmpeg() && FfmpegProcess.isInstalled()) {
            return "; give it as a file, so that ffmpeg can read it";
        }
        return "; install ffmpeg, which reads it for us, or convert it first: ffmpeg -i IN OUT.wav";
    }
}

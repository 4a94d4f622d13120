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
package io.clearline.dsp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/**
 * A FLAC file in memory. jflac decodes the sound; of the metadata it sees only what describes the sound, because it
 * takes memory for whatever the lengths in comments and pictures claim.
 */
final class FlacFile {
    private static final byte[] MARK = "fLaC".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int STREAM_INFO = 0;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int LAST = 0x80;

    /**
     * Digital silence in FLAC's usual blocks of 4096 samples is a thousandth of its PCM; a file made to exhaust memory
     * is less.
     */
    private static final int MAX_EXPANSION = 4000;

    private static final int SMALL_BYTES = 1 << 20;

    private FlacFile() {}

    /** jflac looks for the next sound frame after each damaged one, and can look at the same place for ever. */
    private static final class Patience implements FrameListener {
        private int complaintsLeft;

        /** A byte is the least that a damaged frame takes. */
        Patience(int fileBytes) {
            complaintsLeft = fileBytes;
        }

        @Override
        public void processMetadata(Metadata metadata) {}

        @Override
        public void processFrame(Frame frame) {}

        @Override
        public void processError(String complaint) {
            if (--complaintsLeft < 0) {
                throw new IllegalStateException("it has no whole frame of sound where one should be");
            }
        }
    }

    static boolean isOne(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(Arrays.copyOf(bytes, MARK.length), MARK);
    }

    static AudioClip read(byte[] bytes) throws IOException {
        FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(soundOnly(bytes)));
        decoder.addFrameListener(new Patience(bytes.length));
        decoder.readMetadata();
        StreamInfo info = decoder.getStreamInfo();
        AudioFiles.requireShape(info.getChannels(), info.getBitsPerSample());
        int bytesPerSample = (info.getBitsPerSample() + 7) / 8;
        byte[] decoded = decode(decoder, bytes.length);
        float[] samples = new float[decoded.length / bytesPerSample];
        // The decoder ends without a word where the file does; 0 means that the length is not stated.
        long promised = info.getTotalSamples() * info.getChannels();
        if (samples.length < promised) {
            throw new IOException("it breaks off: " + promised + " samples promised, " + samples.length + " found");
        }
        AudioFiles.decodeSigned(decoded, bytesPerSample, false, samples);
        return new AudioClip(AudioFiles.mixDown(samples, info.getChannels()), info.getSampleRate());
    }

    private static byte[] decode(FLACDecoder decoder, int fileBytes) throws IOException {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream(fileBytes);
        ByteData data = null;
        for (Frame frame = decoder.readNextFrame(); frame != null; frame = decoder.readNextFrame()) {
            data = decoder.decodeFrame(frame, data);
            pcm.write(data.getData(), 0, data.getLen());
            if (pcm.size() > SMALL_BYTES && pcm.size() / fileBytes > MAX_EXPANSION) {
                throw new IOException(
                        "it grows to more than " + MAX_EXPANSION + " times its size, which no recording does");
            }
        }
        return pcm.toByteArray();
    }

    /** The file without all metadata but the stream's description. */
    private static byte[] soundOnly(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(MARK);
        int at = MARK.length;
        boolean last = false;
        while (!last) {
            int length = blockLength(bytes, at);
            int type = bytes[at] & 0x7f;
            last = (bytes[at] & LAST) != 0;
            if (at == MARK.length) {
                requireStreamInfo(type, length);
                out.write(LAST | STREAM_INFO);
                out.write(bytes, at + 1, BLOCK_HEADER_BYTES - 1 + length);
            }
            at += BLOCK_HEADER_BYTES + length;
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static void requireStreamInfo(int type, int length) throws IOException {
        if (type != STREAM_INFO || length != STREAM_INFO_BYTES) {
            throw new IOException("it does not begin with a description of its sound");
        }
    }

    /** Three bytes, big-endian, after the type. */
    private static int blockLength(byte[] bytes, int at) throws IOException {
        if (bytes.length - at < BLOCK_HEADER_BYTES) {
            throw new IOException("it breaks off in its metadata");
        }
        int length = (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
        if (length > bytes.length - at - BLOCK_HEADER_BYTES) {
            throw new IOException("its metadata claims " + length + " bytes, more than there are");
        }
        return length;
    }
}

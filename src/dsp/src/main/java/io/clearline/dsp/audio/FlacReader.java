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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads FLAC files (RFC 9639) of 4 to 32 bits with up to 8 channels. Checks the checksums of every frame and the MD5 of
 * the whole audio. In salvage mode, reading continues after damaged frames, which are replaced by silence.
 * Thread-confined.
 */
final class FlacReader implements AudioReader {
    private static final int STREAM_INFO = 0;
    private static final int PADDING = 1;
    private static final int SEEK_TABLE = 3;
    private static final int LAST = 0x80;
    private static final int ID3V1_BYTES = 128;
    /** Longest gap that is replaced by silence. A larger gap is taken for a frame with a wrong number. */
    private static final int MAX_SILENCE_SECONDS = 600;

    private final ByteSource source;
    private final boolean salvage;
    private final AudioTags tags = new AudioTags();
    private final List<String> warnings = new ArrayList<>();
    private final FlacInfo info;
    private final AudioSpec spec;
    private final FlacBits bits;
    private final FlacFrame frame;
    private final MessageDigest md5;
    private byte[] digested = new byte[0];
    /** Position in the stream of the next sample that {@link #read} returns. */
    private long position;
    /** Position in the frame; its length if all of its samples have been returned. */
    private int inFrame;

    private long silenceLeft;
    private int damagedPlaces;
    private boolean hasFrame;
    private boolean ended;

    FlacReader(ByteSource source, boolean salvage) throws IOException {
        this.source = source;
        this.salvage = salvage;
        source.skip(4);
        info = metadata();
        long frames = info.totalSamples() == 0 ? AudioSpec.UNKNOWN : info.totalSamples();
        spec = AudioSpec.ofFile("FLAC", info.sampleRateHz(), info.channels(), 0, SampleFormat.pcm(info.bits()), frames);
        bits = new FlacBits(source);
        frame = new FlacFrame(info, bits);
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5.", e);
        }
    }

    static boolean matches(byte[] head) {
        return head.length >= 4 && ByteSource.name(head, 0).equals("fLaC");
    }

    private FlacInfo metadata() throws IOException {
        FlacInfo streamInfo = null;
        boolean last = false;
        while (!last) {
            byte[] head = source.bytes(4);
            int type = head[0] & 0x7f;
            int length = (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
            last = (head[0] & LAST) != 0;
            if (streamInfo == null) {
                if (type != STREAM_INFO || length != FlacInfo.BYTES) {
                    throw new BadAudioException("its first block is of type " + type + " and " + length
                            + " bytes; expected the stream's description (type 0, 34 bytes)");
                }
                streamInfo = FlacInfo.parse(source.numbers(length, ByteOrder.BIG_ENDIAN));
            } else {
                block(type, length);
            }
        }
        return streamInfo;
    }

    private void block(int type, int length) throws IOException {
        if (type == STREAM_INFO) {
            warnings.add(
                    "its second description (a block of type 0) at byte " + (source.position() - 4) + " was left out");
        }
        boolean isTag = type != PADDING && type != SEEK_TABLE && type != STREAM_INFO;
        if (isTag && length <= source.remaining() && tags.hasCapacityFor(length)) {
            tags.add("flac:" + type, source.bytes(length));
            return;
        }
        if (isTag) {
            warnings.add("its metadata of type " + type + " and " + length + " bytes is too large to be kept");
        }
        if (!source.skip(length)) {
            throw new BadAudioException("its metadata at byte " + source.position() + " states " + length
                    + " bytes, more than the file has");
        }
    }

    @Override
    public AudioSpec spec() {
        return spec;
    }

    @Override
    public int read(float[] out, int maxFrames) throws IOException {
        if (silenceLeft == 0 && (!hasFrame || inFrame == frame.length()) && !ended) {
            nextFrame();
        }
        if (silenceLeft > 0) {
            int length = (int) Math.min(maxFrames, silenceLeft);
            Arrays.fill(out, 0, length * spec.channels(), 0f);
            silenceLeft -= length;
            position += length;
            return length;
        }
        if (ended) {
            return 0;
        }
        int length = Math.min(maxFrames, frame.length() - inFrame);
        float fullScale = Math.scalb(1f, info.bits() - 1);
        for (int channel = 0; channel < spec.channels(); channel++) {
            long[] from = frame.samples()[channel];
            for (int i = 0; i < length; i++) {
                out[i * spec.channels() + channel] = from[inFrame + i] / fullScale;
            }
        }
        inFrame += length;
        position += length;
        return length;
    }

    /** Decodes the next frame, or detects the end. */
    private void nextFrame() throws IOException {
        hasFrame = false;
        if (atEnd()) {
            end();
            return;
        }
        long at = source.position();
        try {
            frame.decode();
        } catch (EOFException e) {
            breakOff(at);
            return;
        } catch (BadAudioException e) {
            damaged(at, e);
            return;
        }
        inFrame = 0;
        hasFrame = true;
        if (frame.firstSample() != position && !fits()) {
            misplaced(at);
        }
        if (damagedPlaces == 0) {
            digest();
        }
    }

    /** Returns whether an unexpected frame number is harmless, because the blocks of this file differ in size. */
    private boolean fits() {
        return info.minBlockSamples() != info.maxBlockSamples() && position > 0 && damagedPlaces == 0;
    }

    private boolean atEnd() throws IOException {
        if (info.totalSamples() > 0) {
            return position >= info.totalSamples();
        }
        byte[] next = source.peek(ID3V1_BYTES);
        return next.length == 0
                || next.length == ID3V1_BYTES && ByteSource.name(next, 0).startsWith("TAG");
    }

    private void end() throws IOException {
        ended = true;
        byte[] next = source.peek(ID3V1_BYTES + 1);
        boolean id3 = next.length == ID3V1_BYTES && ByteSource.name(next, 0).startsWith("TAG");
        if (next.length > 0 && !id3) {
            warnings.add("what follows its sound at byte " + source.position() + " was left out");
        }
        if (info.hasMd5() && damagedPlaces == 0 && !Arrays.equals(md5.digest(), info.md5())) {
            String found = "its sound does not match the MD5 in its header: it was changed or damaged";
            if (!salvage) {
                throw new BadAudioException(found);
            }
            warnings.add(found);
        }
    }

    private void breakOff(long at) throws BadAudioException {
        ended = true;
        String found = info.totalSamples() > 0
                ? "it breaks off: its header promises " + info.totalSamples() + " samples, " + position + " are whole"
                : "it breaks off inside its frame at byte " + at + ", after " + position + " samples";
        if (!salvage) {
            throw new BadAudioException(found);
        }
        warnings.add(found + "; they were read");
    }

    /** Reports a damaged frame. In salvage mode, searches for the next valid frame and fills the gap with silence. */
    private void damaged(long at, BadAudioException why) throws IOException {
        if (!salvage) {
            throw new BadAudioException(
                    "it is damaged in its frame at byte " + at + ", sample " + position + ": " + why.getMessage());
        }
        damagedPlaces++;
        if (damagedPlaces == 1) {
            warnings.add("it is damaged in its frame at byte " + at + ", sample " + position + ": " + why.getMessage()
                    + "; silence is in place of what is damaged");
        }
        bits.unreadFrame();
        while (toNextSync()) {
            try {
                frame.decode();
            } catch (EOFException e) {
                break;
            } catch (BadAudioException e) {
                bits.unreadFrame();
                continue;
            }
            long missing = frame.firstSample() - position;
            if (missing >= 0 && missing <= (long) MAX_SILENCE_SECONDS * spec.sampleRateHz()) {
                silenceLeft = missing;
                inFrame = 0;
                hasFrame = true;
                return;
            }
        }
        breakOff(at);
    }

    /** Skips to the next two bytes that can start a frame. Returns false at the end. */
    private boolean toNextSync() throws IOException {
        byte[] next = source.peek(2);
        while (next.length == 2 && !((next[0] & 0xff) == 0xff && (next[1] & 0xfe) == 0xf8)) {
            source.read();
            next = source.peek(2);
        }
        return next.length == 2;
    }

    /** Reports a valid frame at the wrong position. In salvage mode, fills the gap before it with silence. */
    private void misplaced(long at) throws BadAudioException {
        String found = "its frame at byte " + at + " is for sample " + frame.firstSample() + " where sample " + position
                + " is next: frames are missing or in disorder";
        if (!salvage) {
            throw new BadAudioException(found);
        }
        damagedPlaces++;
        warnings.add(found);
        long missing = frame.firstSample() - position;
        silenceLeft = missing > 0 && missing <= (long) MAX_SILENCE_SECONDS * spec.sampleRateHz() ? missing : 0;
    }

    /** Adds the frame to the MD5: interleaved little-endian samples. */
    private void digest() {
        if (!info.hasMd5()) {
            return;
        }
        int width = info.bytesPerSample();
        int bytes = frame.length() * spec.channels() * width;
        if (digested.length < bytes) {
            digested = new byte[bytes];
        }
        int at = 0;
        for (int i = 0; i < frame.length(); i++) {
            for (long[] channel : frame.samples()) {
                for (int b = 0; b < width; b++) {
                    digested[at++] = (byte) (channel[i] >> 8 * b);
                }
            }
        }
        md5.update(digested, 0, bytes);
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public AudioTags tags() {
        return tags;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

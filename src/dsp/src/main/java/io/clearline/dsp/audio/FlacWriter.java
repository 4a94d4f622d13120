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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes FLAC files with checksums, MD5 and the FLAC metadata blocks of the tags. The encoder is simple: it uses fixed
 * predictions only and codes the channels independently. Thread-confined.
 */
public final class FlacWriter implements AudioWriter {
    private static final int BLOCK_SAMPLES = 4096;
    /** Position of the STREAMINFO block's content, which is written again at the end. */
    private static final int STREAM_INFO_AT = 8;

    private static final int MAX_CHANNELS = 8;
    private static final int MAX_RATE_HZ = (1 << 20) - 1;
    private static final int MAX_BITS = 32;
    private static final int MIN_BITS = 4;

    private final ByteTarget target;
    private final AudioSpec spec;
    private final int bits;
    private final long[][] samples;
    private final FlacBlock block = new FlacBlock();
    private final MessageDigest md5;
    private final byte[] digested;
    private int filled;
    private long frameNumber;
    private long total;

    /** Creates a writer and writes the header. */
    public FlacWriter(ByteTarget target, AudioSpec spec, AudioTags tags) throws IOException {
        this.target = target;
        this.spec = spec;
        bits = spec.format().bits();
        samples = new long[spec.channels()][BLOCK_SAMPLES];
        digested = new byte[BLOCK_SAMPLES * spec.channels() * ((bits + 7) / 8)];
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5.", e);
        }
        header(tags);
    }

    /** Returns whether FLAC can represent this audio. */
    public static boolean holds(AudioSpec spec) {
        return spec.format().coding() == SampleCoding.PCM
                && spec.format().bits() >= MIN_BITS
                && spec.format().bits() <= MAX_BITS
                && spec.channels() <= MAX_CHANNELS
                && spec.sampleRateHz() <= MAX_RATE_HZ;
    }

    private void header(AudioTags tags) throws IOException {
        target.write("fLaC".getBytes(StandardCharsets.US_ASCII));
        var blocks =
                tags.list().stream().filter(tag -> tag.id().startsWith("flac:")).toList();
        blockHead(0, FlacInfo.BYTES, blocks.isEmpty());
        target.write(streamInfo(Math.max(0, spec.frames()), new byte[16]));
        for (int i = 0; i < blocks.size(); i++) {
            AudioTags.Tag tag = blocks.get(i);
            blockHead(Integer.parseInt(tag.id().substring(5)), tag.content().length, i == blocks.size() - 1);
            target.write(tag.content());
        }
    }

    private void blockHead(int type, int length, boolean last) throws IOException {
        target.write(new byte[] {
            (byte) (last ? type | 0x80 : type), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
    }

    private byte[] streamInfo(long totalSamples, byte[] digest) {
        ByteBuffer info = ByteBuffer.allocate(FlacInfo.BYTES);
        info.putShort((short) BLOCK_SAMPLES).putShort((short) BLOCK_SAMPLES).position(10);
        long packed = (long) spec.sampleRateHz() << 44 | (long) (spec.channels() - 1) << 41 | (long) (bits - 1) << 36;
        return info.putLong(packed | totalSamples & 0xfffffffffL).put(digest).array();
    }

    @Override
    public void write(float[] in, int frames) throws IOException {
        for (int i = 0, at = 0; i < frames; i++) {
            for (long[] channel : samples) {
                channel[filled] = SampleEncoder.toInteger(in[at++], bits);
            }
            if (++filled == BLOCK_SAMPLES) {
                writeBlock();
            }
        }
    }

    @Override
    public void tags(AudioTags tags) {
        // FLAC stores all tags before the sound, so they have already been written.
    }

    private void writeBlock() throws IOException {
        int width = (bits + 7) / 8;
        int at = 0;
        for (int i = 0; i < filled; i++) {
            for (long[] channel : samples) {
                for (int b = 0; b < width; b++) {
                    digested[at++] = (byte) (channel[i] >> 8 * b);
                }
            }
        }
        md5.update(digested, 0, at);
        byte[] bytes = block.encode(samples, filled, frameNumber++, bits);
        target.write(bytes, 0, block.length());
        if (!target.isSeekable()) {
            target.flush();
        }
        total += filled;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        try (target) {
            if (filled > 0) {
                writeBlock();
            }
            if (target.isSeekable()) {
                target.overwrite(STREAM_INFO_AT, streamInfo(total, md5.digest()));
            }
        }
    }
}

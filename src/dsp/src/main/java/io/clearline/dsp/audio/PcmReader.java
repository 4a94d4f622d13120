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
import java.util.ArrayList;
import java.util.List;

/**
 * Reads uncompressed samples, in every container except FLAC, after the header has been parsed. Checks all samples with
 * a {@link SampleCheck}. Thread-confined.
 */
final class PcmReader implements AudioReader {
    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource source;
    private final SoundData data;
    private final AudioSpec spec;
    private final SampleDecoder decoder;
    private final SampleCheck check;
    private final boolean salvage;
    private byte[] block = new byte[0];
    private long bytesRead;
    private boolean ended;

    /** Creates a reader for a source whose position is the first sample. */
    PcmReader(ByteSource source, SoundData data, boolean salvage) {
        this.source = source;
        this.data = data;
        this.salvage = salvage;
        spec = data.spec;
        decoder = new SampleDecoder(spec.format(), data.bigEndian, data.unsignedByte);
        check = new SampleCheck(salvage, data.warnings);
    }

    @Override
    public AudioSpec spec() {
        return spec;
    }

    @Override
    public int read(float[] out, int maxFrames) throws IOException {
        int frameBytes = spec.frameBytes();
        int frames = Math.min(maxFrames, Math.max(1, BLOCK_BYTES / frameBytes));
        long left = data.bytes == SoundData.TO_THE_END ? Long.MAX_VALUE : data.bytes - bytesRead;
        frames = (int) Math.min(frames, left / frameBytes);
        if (ended || frames == 0) {
            end(left);
            check.requireScale();
            return 0;
        }
        int wanted = frames * frameBytes;
        if (block.length < wanted) {
            block = new byte[wanted];
        }
        int read = source.read(block, 0, wanted);
        bytesRead += read;
        if (read < wanted) {
            breakOff(read % frameBytes);
        }
        int readFrames = read / frameBytes;
        decoder.decode(block, out, readFrames * spec.channels());
        check.check(out, readFrames * spec.channels(), spec.channels());
        if (readFrames == 0) {
            end(0);
            check.requireScale();
        }
        return readFrames;
    }

    /** Handles the end of the source before the end of the sound. */
    private void breakOff(int partialBytes) throws BadAudioException {
        ended = true;
        if (data.bytes == SoundData.TO_THE_END) {
            if (partialBytes > 0) {
                data.warnings.add("the last " + partialBytes + " bytes are no whole sample and were left out");
            }
            return;
        }
        String found =
                "it breaks off: its header promises " + data.bytes + " bytes of sound, " + bytesRead + " are there";
        if (!salvage) {
            throw new BadAudioException(found);
        }
        data.warnings.add(found + "; they were read");
    }

    /** Handles the end of the sound and reads the chunks after it. */
    private void end(long leftBytes) throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (data.bytes != SoundData.TO_THE_END) {
            if (leftBytes > 0) {
                data.warnings.add(
                        "the last " + leftBytes + " bytes of its sound are no whole sample and were left out");
                source.skip(leftBytes);
            }
            data.trailer.read(source, data);
        }
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(data.warnings);
        check.addWarning(all);
        return List.copyOf(all);
    }

    @Override
    public AudioTags tags() {
        return data.tags;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

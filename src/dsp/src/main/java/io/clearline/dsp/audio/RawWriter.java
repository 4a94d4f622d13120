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

/** Writes little-endian samples without a header. Thread-confined. */
public final class RawWriter implements AudioWriter {
    private final ByteTarget target;
    private final AudioSpec spec;
    private final SampleEncoder encoder;
    private byte[] block = new byte[0];

    public RawWriter(ByteTarget target, AudioSpec spec) {
        this.target = target;
        this.spec = spec;
        encoder = new SampleEncoder(spec.format());
    }

    @Override
    public void write(float[] samples, int frames) throws IOException {
        int bytes = frames * spec.frameBytes();
        if (block.length < bytes) {
            block = new byte[bytes];
        }
        encoder.encode(samples, block, frames * spec.channels());
        target.write(block, 0, bytes);
        if (!target.isSeekable()) {
            target.flush();
        }
    }

    @Override
    public void tags(AudioTags tags) {
        // Raw audio has no metadata.
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}

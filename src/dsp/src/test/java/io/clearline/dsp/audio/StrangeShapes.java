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

import io.clearline.dsp.audio.AudioShapes.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files whose floats are far beyond full scale, and files that describe or contain their sound more than once. */
final class StrangeShapes {
    private static final String TWO_FORMATS = "is another than its first";
    private static final String MORE_SOUND = "was left out";

    private final List<Shape> shapes = new ArrayList<>();

    private StrangeShapes() {}

    static List<Shape> all() {
        StrangeShapes all = new StrangeShapes();
        all.loudFloats();
        all.otherScales();
        all.wave();
        all.aiff();
        all.others();
        return all.shapes;
    }

    private void read(String name, byte[] bytes, float[] sound, String says) {
        shapes.add(new Shape(name, bytes, false, sound, says));
    }

    private void refused(String name, byte[] bytes, String says) {
        shapes.add(new Shape(name, bytes, false, null, says));
    }

    private void salvaged(String name, byte[] bytes, float[] sound, String says) {
        shapes.add(new Shape(name + ", --salvage", bytes, true, sound, says));
    }

    private static Wav floats(float... samples) {
        Wav wav = Wav.of(Wav.FLOAT, 32);
        wav.floats = Arrays.copyOf(samples, Wav.FRAMES);
        return wav;
    }

    private void loudFloats() {
        float[] limit = floats(0.5f, 16, -16).sound();
        read("WAV float32 at 24 dB above full scale", floats(0.5f, 16, -16).bytes(), limit, "");
        read(
                "WAV float32 with a sample of 1e20",
                floats(0.5f, 1e20f).bytes(),
                floats(0.5f, 16).sound(),
                "its sample 1 is 1.0E20, beyond 16 times full scale (24 dB); it was limited to that");
        Wav stereo = floats(0.5f, 0, 0, -17, 3e38f, 16.01f);
        stereo.channels = 2;
        stereo.frames = Wav.FRAMES / 2;
        read(
                "WAV float32 with three loud samples, stereo",
                stereo.bytes(),
                floats(0.5f, 0, 0, -16, 16, 16).sound(),
                "its sample 1 of channel 2 is -17.0, beyond 16 times full scale (24 dB); it and others like it, 3"
                        + " samples in all, were limited to that");
        read(
                "WAV float64 with a sample of -1e300",
                doubles(-1e300),
                floats(0, -16).sound(),
                "its sample 1 is -3.4028235E38 or less");
        refused(
                "WAV float64 with an infinity",
                doubles(Double.NEGATIVE_INFINITY),
                "its sample 1 is -Infinity, which is no sound");
        Wav big = floats(0, Float.MAX_VALUE);
        read(
                "AIFC fl32 with a sample of 3.4e38",
                OtherFiles.aiff(big, "fl32", false),
                floats(0, 16).sound(),
                "its sample 1 is 3.4028235E38");
        read(
                "AU float32 with a sample of 3.4e38",
                OtherFiles.au(big, 6, false),
                floats(0, 16).sound(),
                "limited");
    }

    private static byte[] doubles(double second) {
        Wav wav = Wav.of(Wav.FLOAT, 64);
        wav.floats = new float[Wav.FRAMES];
        byte[] bytes = wav.bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(44 + 8, second);
        return bytes;
    }

    /** Floats that some programs scale as 16-bit integers, and damage throughout. */
    private void otherScales() {
        float[] integers = new float[Wav.FRAMES];
        float[] limited = new float[Wav.FRAMES];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Wav.value(i, 0, 16);
            limited[i] = Math.max(-16, Math.min(16, integers[i]));
        }
        refused("WAV float32 scaled as 16-bit integers", floats(integers).bytes(), "scale it first");
        salvaged("WAV float32 scaled as 16-bit integers", floats(integers).bytes(), limited, "samples in all");
        float[] huge = new float[Wav.FRAMES];
        Arrays.fill(huge, 1e30f);
        refused("WAV float32 of nothing but 1e30", floats(huge).bytes(), "700 of 700 samples are beyond 16 times");
    }

    private void wave() {
        Wav more = Wav.pcm(16, 2, 1);
        more.behind = Wav.chunk("data", new byte[200]);
        read("WAV with a second data chunk", more.bytes(), more.sound(), MORE_SOUND);
        Wav first = Wav.pcm(16, 2, 1);
        first.before = Wav.chunk("data", first.data());
        first.dataFirst = true;
        read("WAV with two data chunks before its format", first.bytes(), first.sound(), MORE_SOUND);
        Wav empty = Wav.pcm(16, 2, 1);
        empty.behind = Wav.chunk("data", new byte[0]);
        read("WAV with a second data chunk that is empty", empty.bytes(), empty.sound(), "");
        byte[] mono = Arrays.copyOfRange(Wav.pcm(16, 2, 1).bytes(), 12, 36);
        byte[] stereo = Arrays.copyOfRange(Wav.pcm(16, 2, 2).bytes(), 12, 36);
        Wav wav = Wav.pcm(16, 2, 1);
        wav.before = stereo;
        refused("WAV with two format chunks that contradict each other", wav.bytes(), TWO_FORMATS);
        Wav twice = Wav.pcm(16, 2, 1);
        twice.before = mono;
        read("WAV with its format chunk twice", twice.bytes(), twice.sound(), "");
        Wav byFirst = Wav.pcm(16, 2, 2);
        byFirst.before = stereo;
        byte[] bytes = byFirst.bytes();
        System.arraycopy(mono, 0, bytes, 36, mono.length);
        salvaged("WAV with two format chunks that contradict each other", bytes, byFirst.sound(), TWO_FORMATS);
        Wav late = Wav.pcm(16, 2, 1);
        late.behind = stereo;
        read("WAV with another format chunk behind its sound", late.bytes(), late.sound(), TWO_FORMATS);
        Wav swapped = Wav.pcm(16, 2, 1);
        swapped.dataFirst = true;
        swapped.behind = mono;
        read("WAV with its sound before its format, which it has twice", swapped.bytes(), swapped.sound(), "");
    }

    private void aiff() {
        Wav wav = Wav.pcm(16, 2, 2);
        byte[] fewer = OtherFiles.aiff(wav, null, false);
        ByteBuffer.wrap(fewer).putInt(22, 500);
        read("AIFF that states fewer frames than it has", fewer, Arrays.copyOf(wav.sound(), 1000), MORE_SOUND);
        byte[] plain = OtherFiles.aiff(wav, null, false);
        byte[] common = Arrays.copyOfRange(plain, 12, 38);
        byte[] sound = Arrays.copyOfRange(plain, 38, plain.length);
        read("AIFF with a second sound chunk", join(plain, sound), wav.sound(), MORE_SOUND);
        byte[] form = Arrays.copyOf(plain, 12);
        read("AIFF with two sound chunks first", join(form, sound, sound, common), wav.sound(), MORE_SOUND);
        read("AIFF with its description twice", join(form, common, common, sound, common), wav.sound(), "");
        byte[] other = common.clone();
        other[9] = 1;
        refused("AIFF with two descriptions that contradict each other", join(form, other, common, sound), TWO_FORMATS);
        salvaged(
                "AIFF with two descriptions that contradict each other",
                join(form, common, other, sound),
                wav.sound(),
                TWO_FORMATS);
        read("AIFF with another description behind its sound", join(plain, other), wav.sound(), TWO_FORMATS);
        byte[] small = OtherFiles.aiff(wav, null, false);
        ByteBuffer.wrap(small).putInt(16, 5000);
        refused("AIFF with a description of 5000 bytes", small, "expected 18 to 4096");
    }

    private void others() {
        Wav wav = Wav.pcm(16, 2, 2);
        byte[] plain = OtherFiles.wave64(wav);
        byte[] sound = Arrays.copyOfRange(plain, plain.length - 24 - wav.data().length, plain.length);
        read("W64 with a second data chunk", join(plain, sound), wav.sound(), MORE_SOUND);
        byte[] format = Arrays.copyOfRange(plain, 40 + 32, 40 + 32 + 40);
        byte[] other = format.clone();
        other[26] = 1;
        other[36] = 2;
        byte[] head = Arrays.copyOf(plain, 40);
        refused("W64 with two format chunks that contradict each other", join(head, format, other, sound), TWO_FORMATS);
        salvaged(
                "W64 with two format chunks that contradict each other",
                join(head, format, other, sound),
                wav.sound(),
                TWO_FORMATS);
        byte[] annotated = OtherFiles.au(wav, 3, true);
        byte[] annotatedLong = join(Arrays.copyOf(annotated, 24), new byte[2 << 20], soundOf(annotated));
        ByteBuffer.wrap(annotatedLong).putInt(4, 24 + (2 << 20));
        read("AU with an annotation of 2 MB", annotatedLong, wav.sound(), "");
        byte[] inside = annotated.clone();
        ByteBuffer.wrap(inside).putInt(4, 20);
        refused("AU whose sound begins inside its header", inside, "begins at byte 20; expected 24 or more");
        byte[] behind = annotated.clone();
        ByteBuffer.wrap(behind).putInt(4, 1 << 30);
        refused("AU whose sound begins behind its end", behind, "behind the end of the file");
        byte[] flac = OtherFiles.flac("pcm16-2");
        byte[] description = Arrays.copyOfRange(flac, 4, 42);
        description[0] = 0;
        read(
                "FLAC with its description twice",
                join(Arrays.copyOf(flac, 4), description, Arrays.copyOfRange(flac, 4, flac.length)),
                OtherFiles.flacSound(16, 2),
                "its second description");
    }

    /** Returns the sound of an AU file whose header has 28 bytes. */
    private static byte[] soundOf(byte[] au) {
        return Arrays.copyOfRange(au, 28, au.length);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The audio files with which the readers are tested: combinations of container, sample width, channels and damage. */
final class AudioShapes {
    /**
     * One file.
     *
     * @param sound the expected interleaved samples; null if the file must be rejected
     * @param says part of the only warning, or of the message of the exception; empty for no warning
     */
    record Shape(String name, byte[] bytes, boolean salvage, float[] sound, String says) {
        boolean isRead() {
            return sound != null;
        }
    }

    private final List<Shape> shapes = new ArrayList<>();

    private AudioShapes() {}

    static List<Shape> all() {
        AudioShapes all = new AudioShapes();
        all.linear();
        all.codings();
        all.containers();
        all.lengths();
        all.chunks();
        all.contradictions();
        all.damage();
        all.flac();
        all.otherContainers();
        all.shapes.addAll(StrangeShapes.all());
        return all.shapes;
    }

    private void read(String name, Wav wav) {
        shapes.add(new Shape(name, wav.bytes(), false, wav.sound(), ""));
    }

    private void read(String name, byte[] bytes, float[] sound) {
        shapes.add(new Shape(name, bytes, false, sound, ""));
    }

    private void warned(String name, Wav wav, String says) {
        shapes.add(new Shape(name, wav.bytes(), false, wav.sound(), says));
    }

    private void refused(String name, byte[] bytes, String says) {
        shapes.add(new Shape(name, bytes, false, null, says));
    }

    private static Wav with(Wav wav, Consumer<Wav> change) {
        change.accept(wav);
        return wav;
    }

    private void linear() {
        int[][] widths = {
            {8, 1}, {12, 2}, {16, 2}, {18, 3}, {20, 3}, {24, 3}, {20, 4}, {24, 4}, {28, 4}, {32, 4}, {8, 2}
        };
        for (int[] width : widths) {
            String name = "WAV pcm" + width[0] + " in " + 8 * width[1];
            read(name + ", mono", Wav.pcm(width[0], width[1], 1));
            read(name + ", extensible, stereo", with(Wav.pcm(width[0], width[1], 2), wav -> wav.extensibleBytes = 40));
        }
        for (int channels : new int[] {2, 3, 6, 8}) {
            read("WAV pcm16, " + channels + " channels", Wav.pcm(16, 2, channels));
        }
        for (int rateHz : new int[] {7_999, 44_100, 96_000, 192_000}) {
            read("WAV pcm16 at " + rateHz + " Hz", with(Wav.pcm(16, 2, 1), wav -> wav.rateHz = rateHz));
        }
    }

    private void codings() {
        int[][] codings = {{Wav.FLOAT, 32}, {Wav.FLOAT, 64}, {Wav.A_LAW, 8}, {Wav.MU_LAW, 8}};
        for (int[] coding : codings) {
            String name = "WAV "
                    + (coding[0] == Wav.FLOAT ? "float" + coding[1] : coding[0] == Wav.A_LAW ? "A-law" : "mu-law");
            read(name, Wav.of(coding[0], coding[1]));
            read(name + ", extensible", with(Wav.of(coding[0], coding[1]), wav -> wav.extensibleBytes = 40));
            read(name + ", stereo", with(Wav.of(coding[0], coding[1]), wav -> wav.channels = 2));
        }
        for (int length : new int[] {48, 50, 100}) {
            read(
                    "WAV pcm16, extensible of " + length + " bytes",
                    with(Wav.pcm(16, 2, 1), wav -> wav.extensibleBytes = length));
        }
        refused(
                "WAV extensible of 26 bytes",
                with(Wav.pcm(16, 2, 1), wav -> wav.extensibleBytes = 26).bytes(),
                "too few to name");
        refused(
                "WAV of ADPCM (0x0002)",
                with(Wav.pcm(4, 1, 1), wav -> wav.tag = 2).bytes(),
                "format tag 0x0002");
        byte[] foreign =
                with(Wav.pcm(16, 2, 1), wav -> wav.extensibleBytes = 40).bytes();
        foreign[50] ^= 1;
        refused("WAV of an unknown sub-format", foreign, "sub-format");
        refused(
                "WAV float32 with a NaN",
                with(Wav.of(Wav.FLOAT, 32), wav -> wav.floats = floats(Float.NaN))
                        .bytes(),
                "its sample 5 is NaN");
        refused(
                "WAV float32 with an infinity, stereo",
                with(Wav.of(Wav.FLOAT, 32), wav -> {
                            wav.channels = 2;
                            wav.floats = floats(Float.NEGATIVE_INFINITY);
                        })
                        .bytes(),
                "its sample 2 of channel 2 is -Infinity");
        Wav silenced = with(Wav.of(Wav.FLOAT, 32), wav -> wav.floats = floats(0));
        shapes.add(new Shape(
                "WAV float32 with a NaN, --salvage",
                with(Wav.of(Wav.FLOAT, 32), wav -> wav.floats = floats(Float.NaN))
                        .bytes(),
                true,
                silenced.sound(),
                "were read as 0"));
        read("WAV float32 above full scale", with(Wav.of(Wav.FLOAT, 32), wav -> wav.floats = floats(3.5f)));
    }

    private static float[] floats(float strange) {
        float[] floats = new float[2 * Wav.FRAMES];
        floats[5] = strange;
        return floats;
    }

    private void containers() {
        for (String form : new String[] {"RIFX", "RF64", "BW64"}) {
            read(form + " pcm16, stereo", with(Wav.pcm(16, 2, 2), wav -> wav.form = form));
            read(form + " pcm24", with(Wav.pcm(24, 3, 1), wav -> wav.form = form));
            read(form + " float32", with(Wav.of(Wav.FLOAT, 32), wav -> wav.form = form));
            read(form + " pcm16, extensible", with(Wav.pcm(16, 2, 2), wav -> {
                wav.form = form;
                wav.extensibleBytes = 40;
            }));
        }
    }

    private void lengths() {
        for (long stated : new long[] {0, 0x7fffffffL, 0x7ffff000L, 0x80000000L, 0xffffffffL, 0xfffff000L}) {
            warned(
                    String.format("WAV of a pipe, length 0x%x", stated),
                    with(Wav.pcm(16, 2, 1), wav -> {
                        wav.statedDataBytes = stated;
                        wav.statedRiffBytes = stated;
                    }),
                    "it was read to its end");
        }
        read("WAV with a RIFF length of 0", with(Wav.pcm(16, 2, 1), wav -> wav.statedRiffBytes = 0));
        read("WAV without any sound", with(Wav.pcm(16, 2, 1), wav -> wav.frames = 0));
        read("WAV without any sound, a LIST behind it", with(Wav.pcm(16, 2, 1), wav -> {
            wav.frames = 0;
            wav.behind = Wav.chunk("LIST", "INFOICMT".getBytes(StandardCharsets.US_ASCII));
        }));
        warned(
                "WAV of a pipe, stereo pcm24, ends inside a frame",
                with(Wav.pcm(24, 3, 2), wav -> {
                    wav.statedDataBytes = 0xffffffffL;
                    wav.behind = new byte[5];
                }),
                "read to its end");
    }

    private void chunks() {
        read("WAV with its sound before its format", with(Wav.pcm(16, 2, 2), wav -> wav.dataFirst = true));
        byte[] odd = Wav.chunk("junk", new byte[7]);
        byte[] bare = Wav.chunk("junk", new byte[7], 7, false, java.nio.ByteOrder.LITTLE_ENDIAN);
        read("WAV with an odd chunk and its pad", with(Wav.pcm(16, 2, 1), wav -> wav.before = odd));
        read("WAV with an odd chunk without a pad", with(Wav.pcm(16, 2, 1), wav -> wav.before = bare));
        read("WAV with odd sound, its pad and a chunk behind", with(Wav.pcm(8, 1, 1), wav -> {
            wav.frames = 699;
            wav.behind = odd;
        }));
        read("WAV with odd sound without a pad, a chunk behind", with(Wav.pcm(8, 1, 1), wav -> {
            wav.frames = 699;
            wav.padded = false;
            wav.behind = Wav.chunk("LIST", new byte[4]);
        }));
        warned(
                "WAV with garbage behind its sound",
                with(Wav.pcm(16, 2, 1), wav -> wav.behind = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                "is no whole chunk");
        byte[] tag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5};
        Wav plain = Wav.pcm(16, 2, 1);
        read("WAV behind an ID3 tag", join(tag, plain.bytes()), plain.sound());
    }

    private void contradictions() {
        refused(
                "WAV of 0 channels",
                with(Wav.pcm(16, 2, 1), wav -> {
                            wav.frames = 0;
                            wav.channels = 0;
                            wav.blockAlign = 2;
                        })
                        .bytes(),
                "states 0 channels");
        refused("WAV of 300 channels", Wav.pcm(8, 1, 300).bytes(), "states 300 channels");
        for (long rateHz : new long[] {0, 7, 4_000_000, 4_000_000_000L}) {
            refused(
                    "WAV at " + rateHz + " Hz",
                    with(Wav.pcm(16, 2, 1), wav -> wav.rateHz = rateHz).bytes(),
                    "sample rate of " + rateHz);
        }
        refused(
                "WAV of 0 bits",
                with(Wav.pcm(16, 2, 1), wav -> {
                            wav.bits = 0;
                            wav.frames = 0;
                        })
                        .bytes(),
                "0 bits");
        refused(
                "WAV pcm16 with a block align of 1",
                with(Wav.pcm(16, 2, 1), wav -> wav.blockAlign = 1).bytes(),
                "contradicts itself");
        refused(
                "WAV pcm16 stereo with a block align of 5",
                with(Wav.pcm(16, 2, 2), wav -> wav.blockAlign = 5).bytes(),
                "contradicts itself");
        warned(
                "WAV pcm16 with a block align of 0",
                with(Wav.pcm(16, 2, 1), wav -> wav.blockAlign = 0),
                "block align is 0");
        refused(
                "WAV float16",
                with(Wav.pcm(16, 2, 1), wav -> {
                            wav.tag = Wav.FLOAT;
                            wav.frames = 0;
                        })
                        .bytes(),
                "FLOAT samples of 16 bits");
    }

    private void damage() {
        byte[] whole = Wav.pcm(16, 2, 2).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 401);
        refused("WAV that breaks off", cut, "it breaks off: its header promises 2800 bytes of sound, 2399 are there");
        shapes.add(new Shape(
                "WAV that breaks off, --salvage",
                cut,
                true,
                Arrays.copyOf(Wav.pcm(16, 2, 2).sound(), 2399 / 4 * 2),
                "they were read"));
        refused("WAV that breaks off in its header", Arrays.copyOf(whole, 30), "inside its header");
        refused("WAV that ends behind its format", Arrays.copyOf(whole, 36), "no data chunk");
        refused(
                "WAV without a format",
                join(Arrays.copyOf(whole, 12), Wav.chunk("data", new byte[10])),
                "no fmt chunk");
        refused(
                "RF64 that breaks off",
                cut(with(Wav.pcm(16, 2, 2), wav -> wav.form = "RF64").bytes(), 100),
                "it breaks off");
        refused("a file of no bytes", new byte[0], "it is empty");
        refused(
                "a text",
                "once upon a time there was no sound at all".getBytes(StandardCharsets.UTF_8),
                "it is none of WAV");
    }

    private void flac() {
        for (String name : new String[] {
            "4-1", "8-1", "8-2", "12-1", "12-2", "16-1", "16-2", "16-6", "16-8", "20-2", "24-1", "24-2", "32-1", "32-2"
        }) {
            int bits = Integer.parseInt(name.substring(0, name.indexOf('-')));
            int channels = Integer.parseInt(name.substring(name.indexOf('-') + 1));
            read(
                    "FLAC pcm" + bits + ", " + channels + (channels == 1 ? " channel" : " channels"),
                    OtherFiles.flac("pcm" + name),
                    OtherFiles.flacSound(bits, channels));
        }
        byte[] plain = OtherFiles.flac("pcm16-2");
        float[] sound = OtherFiles.flacSound(16, 2);
        byte[] tag = {'I', 'D', '3', 3, 0, 0, 0, 0, 1, 0};
        read("FLAC behind an ID3 tag", join(tag, new byte[128], plain), sound);
        byte[] open = plain.clone();
        Arrays.fill(open, 22, 26, (byte) 0);
        open[21] &= (byte) 0xf0;
        read("FLAC that does not state its length", open, sound);
        byte[] unsigned = plain.clone();
        Arrays.fill(unsigned, 26, 42, (byte) 0);
        read("FLAC without an MD5", unsigned, sound);
        byte[] wrong = plain.clone();
        wrong[30] ^= 1;
        refused("FLAC with a wrong MD5", wrong, "does not match the MD5");
        shapes.add(new Shape("FLAC with a wrong MD5, --salvage", wrong, true, sound, "does not match the MD5"));
        byte[] damaged = OtherFiles.flac("pcm16-1");
        damaged[1500] ^= 4;
        refused("FLAC with a damaged frame (CRC-16)", damaged, "it is damaged in its frame at byte");
        float[] hole = OtherFiles.flacSound(16, 1);
        Arrays.fill(hole, 576, 1152, 0);
        shapes.add(new Shape("FLAC with a damaged frame, --salvage", damaged, true, hole, "silence is in place"));
        refused("FLAC that breaks off", cut(plain, 500), "it breaks off");
        refused("FLAC that breaks off, length not stated", cut(open, 500), "it breaks off");
        shapes.add(new Shape(
                "FLAC that breaks off, --salvage",
                cut(plain, 1000),
                true,
                Arrays.copyOf(sound, 2 * 576),
                "they were read"));
        shapes.add(new Shape("FLAC with garbage behind it", join(plain, new byte[50]), false, sound, "was left out"));
        refused(
                "FLAC without its description",
                join("fLaC".getBytes(StandardCharsets.US_ASCII), new byte[] {(byte) 0x84, 0, 0, 0}),
                "expected the stream's description");
    }

    private void otherContainers() {
        for (int[] width : new int[][] {{8, 1}, {16, 2}, {20, 3}, {24, 3}, {32, 4}}) {
            Wav wav = Wav.pcm(width[0], width[1], 2);
            read("AIFF pcm" + width[0] + ", stereo", OtherFiles.aiff(wav, null, false), wav.sound());
        }
        Wav wav = Wav.pcm(16, 2, 2);
        read("AIFF with its sound before its description", OtherFiles.aiff(wav, null, true), wav.sound());
        read("AIFC sowt (little-endian), stereo", OtherFiles.aiff(wav, "sowt", false), wav.sound());
        Wav floats = Wav.of(Wav.FLOAT, 32);
        read("AIFC fl32", OtherFiles.aiff(floats, "fl32", false), floats.sound());
        Wav aLaw = Wav.of(Wav.A_LAW, 8);
        read("AIFC alaw", OtherFiles.aiff(aLaw, "alaw", false), aLaw.sound());
        refused("AIFC of an unknown compression", OtherFiles.aiff(wav, "ima4", false), "compression \"ima4\"");
        refused("AIFF that breaks off", cut(OtherFiles.aiff(wav, null, false), 300), "it breaks off");
        read("AU pcm16, stereo", OtherFiles.au(wav, 3, true), wav.sound());
        read("AU pcm16 of a pipe", OtherFiles.au(wav, 3, false), wav.sound());
        Wav muLaw = Wav.of(Wav.MU_LAW, 8);
        read("AU mu-law", OtherFiles.au(muLaw, 1, true), muLaw.sound());
        read("AU float32", OtherFiles.au(floats, 6, true), floats.sound());
        refused("AU that breaks off", cut(OtherFiles.au(wav, 3, true), 300), "it breaks off");
        refused("AU of ADPCM", OtherFiles.au(wav, 23, true), "encoding 23");
        read("W64 pcm16, stereo", OtherFiles.wave64(wav), wav.sound());
        Wav pcm24 = Wav.pcm(24, 3, 1);
        read("W64 pcm24", OtherFiles.wave64(pcm24), pcm24.sound());
        refused("W64 that breaks off", cut(OtherFiles.wave64(wav), 300), "it breaks off");
    }

    private static byte[] cut(byte[] bytes, int less) {
        return Arrays.copyOf(bytes, bytes.length - less);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

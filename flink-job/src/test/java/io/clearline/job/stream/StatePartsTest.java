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
package io.clearline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.inference.Strength;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.StreamFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each part of a stream's state is read as it was written, stores its version, and refuses newer versions. */
class StatePartsTest {
    private static final List<StreamFrame> VOICE = Frames.numbered(Frames.noise("a", 16_000, 2, 1), 5, 1_000_000);

    /** Writes a part. */
    private interface Writing {
        void to(DataOutput out) throws IOException;
    }

    /** Reads a part. */
    private interface Reading {
        void from(DataInput in) throws IOException;
    }

    @Test
    void theOrderWithFramesThatWaitAndStrays() throws IOException {
        StreamTimeline time = new StreamTimeline();
        StreamOrder order = new StreamOrder();
        order.startAt(VOICE.get(0));
        time.startAt(VOICE.get(0));
        for (StreamFrame frame : VOICE.subList(0, 20)) {
            order.onTaken(frame);
            time.onTaken(frame, frame.samples());
        }
        order.onConcealed();
        time.onConcealed();
        order.onTaken(VOICE.get(21));
        time.onTaken(VOICE.get(21), VOICE.get(21).samples());
        order.hold(VOICE.get(23), 77);
        order.strays().add(Frames.numbered(VOICE, 1L << 40, 3).get(0));

        StreamOrder read = new StreamOrder();
        assertRoundTrip(order::writeTo, read::readFrom, read::writeTo);
        assertThat(read.waitedMillis(100)).isEqualTo(23);
        assertThat(read.judge(VOICE.get(19), time, StreamRules.DEFAULT)).isEqualTo(StreamOrder.Verdict.DUPLICATE);
        assertThat(read.judge(VOICE.get(20), time, StreamRules.DEFAULT)).isEqualTo(StreamOrder.Verdict.LATE);
        assertThat(read.judge(VOICE.get(22), time, StreamRules.DEFAULT)).isEqualTo(StreamOrder.Verdict.NEXT);
        assertThat(read.strays().count()).isEqualTo(1);
        assertRefusesNewer(order::writeTo, new StreamOrder()::readFrom);
    }

    @Test
    void theTimeLine() throws IOException {
        StreamTimeline time = new StreamTimeline();
        time.startAt(VOICE.get(0));
        time.onTaken(VOICE.get(0), 320);
        StreamTimeline read = new StreamTimeline();
        assertRoundTrip(time::writeTo, read::readFrom, read::writeTo);
        assertThat(read.nextCaptureTimeMicros()).isEqualTo(1_020_000);
        assertThat(read.frameMicros()).isEqualTo(20_000);
        assertRefusesNewer(time::writeTo, new StreamTimeline()::readFrom);
    }

    @Test
    void theSession() throws IOException {
        SessionState session = new SessionState("a");
        StreamFrame first = Frames.ofSession("one", VOICE).get(0);
        session.open(first, true);
        session.close(true);
        SessionState read = new SessionState("a");
        assertRoundTrip(session::writeTo, read::readFrom, read::writeTo);
        assertThat(read.isClosed(first)).isTrue();
        assertThat(read.name().session()).isEqualTo("one");
        assertRefusesNewer(session::writeTo, new SessionState("a")::readFrom);
    }

    @Test
    void thePendingFramesWithWhatBecameOfThem() throws IOException {
        PendingFrames pending = new PendingFrames();
        pending.add(1, 20, 320, AudioEncoding.PCMA, true, false);
        pending.markBypassed(0, 10);
        pending.markEmitted();
        pending.add(2, 40, 320, AudioEncoding.PCM_S16LE, false, true);
        PendingFrames read = new PendingFrames();
        assertRoundTrip(pending::writeTo, read::readFrom, read::writeTo);
        assertThat(read.headEncoding()).isEqualTo(AudioEncoding.PCMA);
        assertThat(read.headConcealed() && read.headBypassed() && read.headEmitted())
                .isTrue();
        assertThat(read.hasFramesToEmit()).isTrue();
        assertRefusesNewer(pending::writeTo, new PendingFrames()::readFrom);
    }

    @Test
    void theWindowOfTheEstimate() throws IOException {
        SdrWindow window = new SdrWindow();
        window.startAt(99);
        window.addHop();
        SdrWindow read = new SdrWindow();
        assertRoundTrip(window::writeTo, read::readFrom, read::writeTo);
        assertThat(read.hops()).isEqualTo(1);
        assertRefusesNewer(window::writeTo, new SdrWindow()::readFrom);
    }

    @Test
    void theSignal() throws IOException {
        SignalPath path = new SignalPath(StreamPlayer.MODEL, 48_000, Strength.FULL, true, -70);
        StoredSignal stored = StoredSignal.of(path);
        byte[] bytes = bytes(out -> StoredSignal.write(stored, out));
        StoredSignal read = StoredSignal.read(in(bytes));
        assertThat(bytes(out -> StoredSignal.write(read, out))).isEqualTo(bytes);
        assertThat(read.model()).isEqualTo(StreamPlayer.MODEL.id());
        assertThat(bytes(read.restored(StreamPlayer.MODEL, 48_000)::writeTo)).isEqualTo(bytes(path::writeTo));
        bytes[0]++;
        assertThatThrownBy(() -> StoredSignal.read(in(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Restore it with the release of Clearline that wrote it");
    }

    @Test
    void theTreatment() throws IOException {
        StreamPlayer player = new StreamPlayer().play(VOICE.subList(0, 10));
        player.stream.setBypassed(true);
        StreamState read = StreamState.readFrom(in(bytes(player.stream::writeTo)));
        assertThat(read.isBypassed()).isTrue();
        assertThat(read.bypassedSince()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource(AudioEncoding.class)
    void everyEncodingHasACodeOfItsOwn(AudioEncoding encoding) throws IOException {
        assertThat(EncodingCodes.encodingOf(EncodingCodes.codeOf(encoding))).isEqualTo(encoding);
    }

    @Test
    void aCodeThatNoEncodingHasIsRefused() {
        assertThatThrownBy(() -> EncodingCodes.encodingOf(3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Expected the code of an encoding, 0 to 2, found 3");
    }

    private static void assertRoundTrip(Writing written, Reading reading, Writing again) throws IOException {
        byte[] bytes = bytes(written);
        DataInputStream in = in(bytes);
        reading.from(in);
        assertThat(in.available()).isZero();
        assertThat(bytes(again)).isEqualTo(bytes);
    }

    private static void assertRefusesNewer(Writing written, Reading reading) throws IOException {
        byte[] bytes = bytes(written);
        bytes[0]++;
        assertThatThrownBy(() -> reading.from(in(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Restore it with the release of Clearline that wrote it");
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}

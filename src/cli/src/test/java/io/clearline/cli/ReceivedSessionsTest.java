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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.EnhancedFrame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReceivedSessionsTest {
    private static final Path OUT = Path.of("folder", "call.wav");

    @Test
    void twoCallsUnderOneIdAreTwoFiles() {
        ReceivedSessions sessions = new ReceivedSessions(null);
        sessions.add(frame("monday", 0, true));
        sessions.add(frame("tuesday", 0, false));
        assertThat(sessions.hasEnded()).isFalse();
        sessions.add(frame("tuesday", 1, true));
        assertThat(sessions.hasEnded()).isTrue();
        assertThat(sessions.byName()).containsOnlyKeys("monday", "tuesday");
        assertThat(sessions.byName().get("monday").frames()).isEqualTo(1);
        assertThat(ReceivedFiles.numbered(OUT, 2)).isEqualTo(Path.of("folder", "call-2.wav"));
    }

    @Test
    void aWantedSessionIsTheOnlyOne() {
        ReceivedSessions sessions = new ReceivedSessions("tuesday");
        assertThat(sessions.add(frame("monday", 0, true))).isFalse();
        assertThat(sessions.add(frame("tuesday", 0, true))).isTrue();
        assertThat(ReceivedFiles.numbered(OUT, 1)).isEqualTo(OUT);
    }

    @Test
    void aCompleteSessionIsTakenOnce() {
        ReceivedSessions sessions = new ReceivedSessions(null);
        sessions.add(frame("monday", 0, true));
        sessions.add(frame("tuesday", 0, false));
        assertThat(sessions.takeEnded(() -> false)).containsOnlyKeys("monday");
        assertThat(sessions.add(frame("monday", 0, true))).isFalse();
        assertThat(sessions.takeEnded(() -> false)).isEmpty();
        assertThat(sessions.byName()).containsOnlyKeys("tuesday");
    }

    @Test
    void aSessionWithAnOpenGapEndsWithItsLastFrame() {
        ReceivedSessions sessions = new ReceivedSessions("monday");
        sessions.add(frame("monday", 0, false));
        sessions.add(frame("monday", 1000, true));
        assertThat(sessions.hasEnded()).isTrue();
        assertThat(sessions.isWhole()).as("another frame may still come").isFalse();
        assertThat(sessions.byName().get("monday").summary()).contains("2 frames", "999 lost");
    }

    private static EnhancedFrame frame(String session, long sequence, boolean last) {
        return EnhancedFrame.newBuilder()
                .setStreamId("a")
                .setSession(session)
                .setSequence(sequence)
                .setCaptureTimeMicros(20_000 * sequence)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setPayload(ByteBuffer.allocate(640))
                .setLastOfStream(last)
                .build();
    }
}

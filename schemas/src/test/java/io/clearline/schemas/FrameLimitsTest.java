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
package io.clearline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLimitsTest {

    @Test
    void acceptsAnOrdinaryFrame() {
        assertThat(FrameLimits.checkFrame(Records.audioFrame())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -8000, 7999, 8001, 96000, Integer.MAX_VALUE})
    void refusesARateThatIsNotInTheList(int sampleRateHz) {
        assertRefused(DeadReason.SAMPLE_RATE, frame -> frame.setSampleRateHz(sampleRateHz));
    }

    @Test
    void acceptsEveryRateInTheList() {
        for (int sampleRateHz : FrameLimits.sampleRatesHz()) {
            assertAccepted(frame -> frame.setSampleRateHz(sampleRateHz));
        }
    }

    @Test
    void refusesWhatIsNotMono() {
        assertRefused(DeadReason.CHANNELS, frame -> frame.setChannels(0));
        assertRefused(DeadReason.CHANNELS, frame -> frame.setChannels(9));
    }

    @Test
    void refusesAnIdThatIsEmptyOrLongerThanItsLimitInUtf8() {
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId(""));
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("x".repeat(257)));
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("ü".repeat(129)));
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("😀".repeat(65)));
        assertAccepted(frame -> frame.setStreamId("x".repeat(256)));
        assertAccepted(frame -> frame.setStreamId("ü".repeat(128)));
        assertAccepted(frame -> frame.setStreamId("😀".repeat(64)));
    }

    @Test
    void refusesAnIdWithControlOrReplacementCharacters() {
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("line\nbreak"));
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("\u0085"));
        assertRefused(DeadReason.STREAM_ID, frame -> frame.setStreamId("half a \uFFFD character"));
    }

    @Test
    void refusesASessionThatIsLongerThanItsLimitOrHasControlCharacters() {
        assertAccepted(frame -> frame.setSession(""));
        assertAccepted(frame -> frame.setSession("ü".repeat(128)));
        assertRefused(DeadReason.SESSION, frame -> frame.setSession("ü".repeat(129)));
        assertRefused(DeadReason.SESSION, frame -> frame.setSession("line\nbreak"));
    }

    @Test
    void refusesASequenceOrTimeOutOfRange() {
        assertRefused(DeadReason.SEQUENCE, frame -> frame.setSequence(-1));
        assertRefused(DeadReason.SEQUENCE, frame -> frame.setSequence(Long.MAX_VALUE));
        assertRefused(DeadReason.CAPTURE_TIME, frame -> frame.setCaptureTimeMicros(-1));
        assertRefused(DeadReason.CAPTURE_TIME, frame -> frame.setCaptureTimeMicros(Long.MAX_VALUE));
        assertAccepted(frame -> frame.setSequence(0));
        assertAccepted(frame -> frame.setSequence(FrameLimits.MAX_SEQUENCE));
    }

    @Test
    void onlyTheLastFrameMayBeEmpty() {
        assertAccepted(frame -> frame.setPayload(Records.payload(0)));
        assertRefused(DeadReason.EMPTY_PAYLOAD, frame -> {
            frame.setPayload(Records.payload(0));
            frame.setLastOfStream(false);
        });
    }

    @Test
    void refusesAPayloadAboveItsLimitOrThatEndsInsideASample() {
        assertAccepted(frame -> frame.setPayload(Records.payload(65_536)));
        assertRefused(DeadReason.PAYLOAD_TOO_LARGE, frame -> frame.setPayload(Records.payload(65_537)));
        assertAccepted(frame -> frame.setPayload(Records.payload(161)));
        assertRefused(DeadReason.PARTIAL_SAMPLE, frame -> {
            frame.setEncoding(AudioEncoding.PCM_S16LE);
            frame.setPayload(Records.payload(161));
        });
    }

    @Test
    void refusesAttributesThatAreTooManyOrTooLong() {
        assertAccepted(frame -> frame.setAttributes(attributes(16)));
        assertRefused(DeadReason.ATTRIBUTES, frame -> frame.setAttributes(attributes(17)));
        assertRefused(DeadReason.ATTRIBUTES, frame -> frame.setAttributes(Map.of("", "v")));
        assertRefused(DeadReason.ATTRIBUTES, frame -> frame.setAttributes(Map.of("k".repeat(65), "v")));
        assertRefused(DeadReason.ATTRIBUTES, frame -> frame.setAttributes(Map.of("k", "v".repeat(257))));
    }

    @Test
    void everyFrameWithinTheLimitsFitsIntoTheRecordLimit() {
        AudioFrame largest = Records.audioFrame();
        largest.setStreamId("x".repeat(256));
        largest.setSequence(FrameLimits.MAX_SEQUENCE);
        largest.setPayload(Records.payload(FrameLimits.MAX_PAYLOAD_BYTES));
        Map<String, String> attributes = new HashMap<>();
        for (char c = 'a'; c < 'a' + 16; c++) {
            attributes.put(String.valueOf(c).repeat(64), "v".repeat(256));
        }
        largest.setAttributes(attributes);
        assertThat(FrameLimits.checkFrame(largest)).isEmpty();

        assertThat(FrameLimits.checkRecord(WireCodec.audioFrame().encode(largest)))
                .isEmpty();
    }

    @Test
    void refusesARecordAboveTheLimitBeforeItIsDecoded() {
        assertThat(FrameLimits.checkRecord(new byte[1 << 20])).hasValueSatisfying(violation -> {
            assertThat(violation.reason()).isEqualTo(DeadReason.RECORD_TOO_LARGE);
            assertThat(violation.detail()).contains("1048576");
        });
        assertThat(FrameLimits.checkRecord(new byte[FrameLimits.MAX_RECORD_BYTES]))
                .isEmpty();
        assertThat(FrameLimits.checkRecord(null)).isEmpty();
    }

    @Test
    void refusesAKeyThatNamesAnotherStream() {
        AudioFrame frame = Records.audioFrame();

        assertThat(FrameLimits.checkKey(null, frame))
                .hasValueSatisfying(violation -> assertThat(violation.reason()).isEqualTo(DeadReason.NO_KEY));
        assertThat(FrameLimits.checkKey(frame.getStreamId(), frame)).isEmpty();
        assertThat(FrameLimits.checkKey("call-18", frame)).hasValueSatisfying(violation -> {
            assertThat(violation.reason()).isEqualTo(DeadReason.KEY_MISMATCH);
            assertThat(violation.detail()).contains("call-18").contains(frame.getStreamId());
        });
    }

    private static void assertAccepted(Consumer<AudioFrame> change) {
        AudioFrame frame = Records.audioFrame();
        change.accept(frame);
        assertThat(FrameLimits.checkFrame(frame)).isEmpty();
    }

    private static void assertRefused(DeadReason reason, Consumer<AudioFrame> change) {
        AudioFrame frame = Records.audioFrame();
        change.accept(frame);
        assertThat(FrameLimits.checkFrame(frame))
                .hasValueSatisfying(violation -> assertThat(violation.reason()).isEqualTo(reason));
    }

    private static Map<String, String> attributes(int count) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put("key" + i, "value");
        }
        return attributes;
    }
}

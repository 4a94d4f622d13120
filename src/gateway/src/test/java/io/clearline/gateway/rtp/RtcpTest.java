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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private static final int OURS = 0x11223344;
    private static final int THEIRS = 0x55667788;

    private static byte[] report(double lost) {
        Rtcp.Reception reception = new Rtcp.Reception(OURS, lost, 3, 70_000, 12, 0, 0);
        return Rtcp.senderReport(THEIRS, Instant.ofEpochSecond(1_700_000_000), 160, 10, 1600, reception, "gw-rtp-1");
    }

    @Test
    void aWrittenReportIsParsed() throws Exception {
        Rtcp.Report read = Rtcp.parse(report(0.25), OURS);
        assertThat(read.lostFraction()).isEqualTo(0.25);
        assertThat(read.bye()).isFalse();
        assertThat(read.senderNtpMiddle()).isNotZero();
    }

    @Test
    void reportsAboutOtherSourcesAreIgnored() throws Exception {
        assertThat(Rtcp.parse(report(0.25), THEIRS).lostFraction()).isEqualTo(-1);
    }

    @Test
    void theLengthsInTheHeadersAddUpToTheReport() throws Exception {
        byte[] bytes = report(0);
        int first = 4 * (1 + ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff));
        int second = 4 * (1 + ((bytes[first + 2] & 0xff) << 8 | bytes[first + 3] & 0xff));
        assertThat(first + second).isEqualTo(bytes.length);
    }

    @Test
    void aTruncatedReportIsRefused() {
        byte[] bytes = Arrays.copyOf(report(0), 20);
        assertThatExceptionOfType(BadPacketException.class).isThrownBy(() -> Rtcp.parse(bytes, OURS));
    }
}

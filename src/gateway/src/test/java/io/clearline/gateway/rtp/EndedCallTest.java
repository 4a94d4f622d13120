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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndedCallTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    private static final InetSocketAddress OTHER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5002);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void packetsBelongToTheEndedCallAsLongAsThePeerSends() {
        EndedCall call = new EndedCall(PEER, false, IDLE_NANOS, 0);
        for (int second = 4; second < 400; second += 4) {
            assertThat(call.isStillSending(PEER, seconds(second))).isTrue();
        }
        assertThat(call.isOver(seconds(400))).isFalse();
        assertThat(call.isStillSending(OTHER, seconds(400))).isFalse();
    }

    @Test
    void afterFiveSecondsOfSilencePlainRtpIsANewCall() {
        EndedCall call = new EndedCall(PEER, false, IDLE_NANOS, 0);
        assertThat(call.isStillSending(PEER, seconds(6))).isFalse();
        assertThat(call.isStillSending(PEER, seconds(7))).isFalse();
        assertThat(call.isOver(seconds(6))).isTrue();
    }

    @Test
    void srtpMayPauseForTheIdleTimeout() {
        EndedCall call = new EndedCall(PEER, true, IDLE_NANOS, 0);
        assertThat(call.isStillSending(PEER, seconds(59))).isTrue();
        assertThat(call.isStillSending(PEER, seconds(118))).isTrue();
        assertThat(call.isStillSending(PEER, seconds(179))).isFalse();
    }

    @Test
    void withoutAKnownPeerAnySenderMayBeThatOfSrtpButNotOfPlainRtp() {
        assertThat(new EndedCall(null, true, IDLE_NANOS, 0).isStillSending(OTHER, seconds(1)))
                .isTrue();
        assertThat(new EndedCall(null, false, IDLE_NANOS, 0).isStillSending(OTHER, seconds(1)))
                .isFalse();
    }
}

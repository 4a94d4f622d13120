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
package io.clearline.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MicrophoneTicketsTest {
    private static final long NOW = 1_800_000_000_000L;

    private final MicrophoneTickets tickets = new MicrophoneTickets();

    @Test
    void aTicketCanBeRedeemedOnce() {
        String ticket = tickets.issue("mic-1", 16_000, NOW);
        assertThat(tickets.redeem(ticket, NOW).streamId()).isEqualTo("mic-1");
        assertThat(tickets.redeem(ticket, NOW)).isNull();
        assertThat(tickets.redeem("guessed", NOW)).isNull();
        assertThat(tickets.redeem(null, NOW)).isNull();
    }

    @Test
    void aTicketExpiresAfterHalfAMinute() {
        String ticket = tickets.issue("mic-1", 16_000, NOW);
        assertThat(tickets.redeem(ticket, NOW + 30_001)).isNull();
    }

    @Test
    void theOldestTicketIsInvalidatedWhenTooManyAreOpen() {
        String first = tickets.issue("mic-0", 16_000, NOW);
        for (int i = 1; i <= 64; i++) {
            tickets.issue("mic-" + i, 16_000, NOW);
        }
        assertThat(tickets.redeem(first, NOW)).isNull();
    }
}

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

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Datagrams on an RTCP port: any bytes are a report within its bounds, or a refusal. */
class RtcpFuzzTest {
    @FuzzTest
    void anyDatagramIsAReportOrARefusal(byte[] bytes) {
        try {
            Rtcp.Report report = Rtcp.parse(bytes, 0x11223344);
            if (report.lostFraction() > 1) {
                throw new AssertionError("more than everything lost: " + report);
            }
        } catch (BadPacketException e) {
            // A refusal.
        }
    }
}

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

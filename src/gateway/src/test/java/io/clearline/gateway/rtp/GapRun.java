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

import io.clearline.gateway.codec.AudioCodec;
import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A call of 16-bit samples at 8 kHz in virtual time, from the packets that are sent to the samples that are heard, with
 * faults at chosen packets. The job halves the level and takes no time.
 */
final class GapRun {
    private static final MediaFormat FORMAT = MediaFormat.parse("L16/8000");
    private static final int TYPE = 97;
    private static final int FRAME = Payloads.FRAME;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FRAME_NANOS = 20 * MILLI;

    /** Decides what happens to each packet of a call. */
    interface Fault {
        /**
         * Returns when copies of a packet arrive, in milliseconds after it was sent: none if it is lost, two if it is
         * duplicated.
         */
        int[] arrivals(int packet);

        /** Returns whether the job leaves the frame unanswered. */
        default boolean jobIsUnavailable(int packet) {
            return false;
        }
    }

    private record Arrival(long nanos, int packet) {}

    private final AudioCodec codec = FORMAT.newCodec();
    private final float[] heard;

    private GapRun(int samples) {
        heard = new float[samples];
    }

    /** Returns what is heard of a signal, aligned with it sample by sample; what is not played is silence. */
    static float[] heard(float[] sent, Fault fault) throws Exception {
        GapRun run = new GapRun(sent.length);
        run.play(sent, fault);
        return run.heard;
    }

    private void play(float[] sent, Fault fault) throws Exception {
        try (FakeJob job = new FakeJob()) {
            job.answerManually();
            MediaSink sink = (payload, length, ticks, startsSpurt) -> keep(payload, length, ticks);
            MediaSession session = MediaSession.open(
                    "gaps", "nobody", FORMAT, sink, job.context(SessionSettings.DEFAULT), new MediaLoop(null));
            RtpReceiver receiver = new RtpReceiver(new PayloadTypes(Map.of(TYPE, FORMAT), Set.of()), session);
            List<Arrival> arrivals = arrivals(sent.length / FRAME, fault);
            int next = 0;
            for (long now = 0; next < arrivals.size(); now += 5 * MILLI) {
                for (; next < arrivals.size() && arrivals.get(next).nanos <= now; next++) {
                    receiver.receive(packet(sent, arrivals.get(next)));
                }
                receiver.tick(now);
                job.setUnavailable(fault.jobIsUnavailable((int) (now / FRAME_NANOS)));
                job.answerNow(now);
                session.tick(now);
            }
            receiver.flush();
            job.answerNow(arrivals.get(next - 1).nanos);
            session.end();
        }
    }

    private static List<Arrival> arrivals(int packets, Fault fault) {
        List<Arrival> all = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            for (int late : fault.arrivals(i)) {
                all.add(new Arrival(i * FRAME_NANOS + late * MILLI, i));
            }
        }
        all.sort(Comparator.comparingLong(Arrival::nanos));
        return all;
    }

    private RtpPacket packet(float[] sent, Arrival arrival) {
        int i = arrival.packet;
        byte[] payload = new byte[2 * FRAME];
        codec.encode(Arrays.copyOfRange(sent, i * FRAME, (i + 1) * FRAME), FRAME, payload);
        return new RtpPacket(TYPE, i == 0, i, i * FRAME, 1, payload, arrival.nanos);
    }

    private void keep(byte[] payload, int length, long ticks) {
        float[] samples = new float[codec.maxSamples()];
        try {
            int count = codec.decode(payload, length, samples);
            System.arraycopy(samples, 0, heard, (int) ticks, count);
        } catch (Exception e) {
            throw new AssertionError("A played packet cannot be decoded.", e);
        }
    }
}

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

import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioFrame;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Plays the frames of any number of streams concurrently, each at its capture time. Thread-confined. */
public final class FramePlayer {
    /** Is called just before a frame is sent. */
    public interface Listener {
        /**
         * Handles a frame that is about to be sent.
         *
         * @param intendedNanos the {@link System#nanoTime} at which the frame was due, not that at which it is sent, so
         *     that measured latencies include a sender's delay (no coordinated omission)
         */
        void sending(AudioFrame frame, long intendedNanos);
    }

    private final FrameSender sender;
    private final double speed;
    private final Listener listener;

    /** @param speed 1 for real time, 2 for twice as fast; infinite for as fast as Kafka accepts the frames */
    public FramePlayer(FrameSender sender, double speed, Listener listener) {
        this.sender = sender;
        this.speed = speed;
        this.listener = listener;
    }

    /**
     * Plays all frames and waits until Kafka has acknowledged them.
     *
     * @param frames frames of all streams; they are sent in the order of their capture times
     */
    public void play(List<AudioFrame> frames) throws IOException {
        // The sort is stable and keeps the order of a stream's frames.
        List<AudioFrame> ordered = frames.stream()
                .sorted(Comparator.comparingLong(AudioFrame::getCaptureTimeMicros))
                .toList();
        if (ordered.isEmpty()) {
            return;
        }
        long firstMicros = ordered.get(0).getCaptureTimeMicros();
        long startNanos = System.nanoTime();
        for (AudioFrame frame : ordered) {
            long dueNanos = startNanos + (long) (1000 * (frame.getCaptureTimeMicros() - firstMicros) / speed);
            sleepUntil(dueNanos);
            listener.sending(frame, Double.isInfinite(speed) ? System.nanoTime() : dueNanos);
            sender.send(frame);
        }
        sender.flush();
    }

    private static void sleepUntil(long nanos) throws IOException {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while sending frames.");
            }
            left = nanos - System.nanoTime();
        }
    }
}

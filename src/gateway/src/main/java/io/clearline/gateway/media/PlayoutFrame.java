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
package io.clearline.gateway.media;

/**
 * A frame that waits to be played. Holds its dry samples, and the enhanced ones as soon as they arrive.
 * Thread-confined.
 */
final class PlayoutFrame {
    final long ticks;
    final long captureTimeMicros;
    /** Media time of its first sample, on the source's clock. */
    final long mediaNanos;
    /** When its packet arrived, on the clock of {@link System#nanoTime}. */
    final long arrivalNanos;

    final int samples;
    final float[] dry;
    /** Whether a pause of the source precedes it. */
    final boolean startsSpurt;
    /** Whether it replaces a lost frame. */
    final boolean concealed;
    /** The packet to forward in place of samples; null for a frame of audio. */
    final PassedPacket passed;

    /** The samples of the enhanced frame; null until it arrives. */
    float[] enhanced;

    /**
     * Whether {@link #enhanced} went through the model; false if the job bypassed it and returned the samples
     * unchanged.
     */
    boolean wet;

    PlayoutFrame(
            long ticks,
            long captureTimeMicros,
            long mediaNanos,
            long arrivalNanos,
            float[] dry,
            boolean startsSpurt,
            boolean concealed) {
        this(ticks, captureTimeMicros, mediaNanos, arrivalNanos, dry, startsSpurt, concealed, null);
    }

    private PlayoutFrame(
            long ticks,
            long captureTimeMicros,
            long mediaNanos,
            long arrivalNanos,
            float[] dry,
            boolean startsSpurt,
            boolean concealed,
            PassedPacket passed) {
        this.ticks = ticks;
        this.captureTimeMicros = captureTimeMicros;
        this.mediaNanos = mediaNanos;
        this.arrivalNanos = arrivalNanos;
        this.samples = dry.length;
        this.dry = dry;
        this.startsSpurt = startsSpurt;
        this.concealed = concealed;
        this.passed = passed;
    }

    /** Returns a frame without audio that carries a packet to forward. */
    static PlayoutFrame of(PassedPacket packet, long arrivalNanos) {
        return new PlayoutFrame(packet.ticks(), 0, 0, arrivalNanos, new float[0], false, false, packet);
    }
}

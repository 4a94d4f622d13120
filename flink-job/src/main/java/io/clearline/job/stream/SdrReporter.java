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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.inference.HopEnergies;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.model.EnhancementModel;

/** Emits the SDR estimates of streams, one per window and channel. Thread-confined. */
final class SdrReporter {
    private final long intervalMillis;
    private final StreamSink sink;

    /**
     * @param intervalMillis length of a window, in stream time
     * @param sink receives the estimates
     */
    SdrReporter(long intervalMillis, StreamSink sink) {
        this.intervalMillis = intervalMillis;
        this.sink = sink;
    }

    /** Counts a finished hop of a channel, and emits the estimate at the end of a window. */
    @HotPath
    void hopDone(StreamChannel channel) {
        channel.window.addHop();
        if (channel.window.hops() == windowHops(channel.path().model())) {
            endWindow(channel);
        }
    }

    /** Returns the number of whole hops in a window, at least one. */
    @HotPath
    private int windowHops(EnhancementModel model) {
        return Math.max(1, (int)
                (intervalMillis * model.sampleRateHz() / (1000L * model.stft().hopSamples())));
    }

    /** Ends the current window of every channel, emits its estimate and begins the next. */
    void endWindows(StreamState stream) {
        for (StreamChannel channel : stream.channels()) {
            endWindow(channel);
        }
    }

    private void endWindow(StreamChannel channel) {
        SdrWindow window = channel.window;
        if (window.hops() == 0) {
            return;
        }
        EnhancementModel model = channel.path().model();
        long lengthMicros = 1_000_000L * window.hops() * model.stft().hopSamples() / model.sampleRateHz();
        HopEnergies energies = channel.path().signal().energies();
        // A window that was bypassed throughout has no estimate.
        if (energies.hops() > 0) {
            SdrMeter.Estimate estimate = new SdrMeter(model.calibration()).estimate(energies);
            sink.estimate(channel.stream.session.name(), channel.index, window.startMicros(), lengthMicros, estimate);
        }
        energies.clear();
        window.startAt(window.startMicros() + lengthMicros);
    }
}

package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.unfolding.inference.HopBatch;
import io.clearline.unfolding.model.EnhancementModel;

/**
 * The model of one sample rate and, where one was announced, its successor for frames captured from a moment on. Both stay: streams reach that
 * moment one by one, and an idle one ends under the model it began with. Thread-confined.
 */
final class ModelSlot {
    private HopBatch current;
    /** Null: there is no successor. */
    private HopBatch next;

    private long nextFromMicros;

    ModelSlot(HopBatch current) {
        this.current = current;
    }

    HopBatch current() {
        return current;
    }

    HopBatch next() {
        return next;
    }

    @HotPath
    int sampleRateHz() {
        return current.model().sampleRateHz();
    }

    /** A successor that is there already becomes the model, and what it succeeded goes. */
    void succeed(HopBatch successor, long fromMicros) {
        if (next != null) {
            current = next;
        }
        next = successor;
        nextFromMicros = fromMicros;
    }

    /** The newest model, whether its moment has come or not. */
    EnhancementModel newest() {
        return next == null ? current.model() : next.model();
    }

    @HotPath
    EnhancementModel at(long captureTimeMicros) {
        return next != null && captureTimeMicros >= nextFromMicros ? next.model() : current.model();
    }
}

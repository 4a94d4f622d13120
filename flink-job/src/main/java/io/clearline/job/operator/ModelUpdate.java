package io.clearline.job.operator;

import java.io.Serializable;

/**
 * An announced model on its way to every subtask: fetched and ready to be checked, or refused.
 *
 * @param name the announced model, as name@version
 * @param model null when it was refused
 * @param refusal why it can't be used; empty when it can
 */
public record ModelUpdate(String name, ShippedModel model, String refusal) implements Serializable {
    /** Stands for no update. */
    public static ModelUpdate none() {
        return new ModelUpdate("", null, "");
    }

    /** A model whose bytes are as announced. */
    static ModelUpdate fetched(String name, ShippedModel model) {
        return new ModelUpdate(name, model, "");
    }

    /** A model that could not be had. */
    static ModelUpdate refused(String name, String reason) {
        return new ModelUpdate(name, null, reason);
    }
}

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
package io.clearline.job.operator;

import java.io.Serializable;

/**
 * An announced model on its way to every subtask: fetched and ready to be checked, or refused.
 *
 * @param name the announced model, as name@version
 * @param model null when it was refused
 * @param refusal why it can't be used; empty when it can
 * @param fromMicros capture time of the first frames that it is for
 */
public record ModelUpdate(String name, ShippedModel model, String refusal, long fromMicros) implements Serializable {
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_REFUSAL_CHARACTERS = 2000;

    /** Cuts texts that an announcement made longer than any text for people. */
    public ModelUpdate {
        name = cut(name, MAX_NAME_CHARACTERS);
        refusal = cut(refusal, MAX_REFUSAL_CHARACTERS);
    }

    private static String cut(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters) + " ...";
    }

    /** Stands for no update. */
    public static ModelUpdate none() {
        return new ModelUpdate("", null, "", 0);
    }

    /** The same of another copy of the model, and where no moment was announced, from this one on. */
    public ModelUpdate with(ShippedModel copy, long momentMicros) {
        return new ModelUpdate(name, copy, refusal, fromMicros == 0 ? momentMicros : fromMicros);
    }

    /** A model whose bytes are as announced. */
    static ModelUpdate fetched(String name, ShippedModel model, long fromMicros) {
        return new ModelUpdate(name, model, "", fromMicros);
    }

    /** A model that could not be had. */
    static ModelUpdate refused(String name, String reason) {
        return new ModelUpdate(name, null, reason, 0);
    }
}

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

import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import java.io.IOException;
import java.io.Serializable;

/**
 * The outcome of an announcement, which is broadcast to all subtasks: a verified model, or the reason why there is
 * none. Immutable.
 */
public sealed interface ModelUpdate extends Serializable {

    /** Returns the announced model as name@version, or what stands for it if the name is unknown. */
    String name();

    /**
     * A model whose files match the announcement.
     *
     * @param pin pin of the model
     * @param bytes files of the model; null if they are in the plan's store
     * @param fromMicros capture time of the first frames that the model applies to; 0 for the next frame of each stream
     * @param announcedMicros time of the announcement in Kafka
     */
    record Verified(ModelPin pin, ModelFiles bytes, long fromMicros, long announcedMicros) implements ModelUpdate {
        @Override
        public String name() {
            return pin.toString();
        }

        /** Returns an update that applies from the time of the announcement on if no capture time was announced. */
        public Verified fromAnnouncement() {
            return fromMicros == 0 ? new Verified(pin, bytes, announcedMicros, announcedMicros) : this;
        }
    }

    /**
     * A model that can't be used.
     *
     * @param name the model as name@version, or what stands for it if the name is unknown
     * @param reason explanation for people
     */
    record Refused(String name, String reason) implements ModelUpdate {
        private static final int MAX_NAME_CHARACTERS = 200;
        private static final int MAX_REASON_CHARACTERS = 2000;

        /** Truncates texts of excessive length, which may come from an announcement. */
        public Refused {
            name = cut(name, MAX_NAME_CHARACTERS);
            reason = cut(reason, MAX_REASON_CHARACTERS);
        }

        private static String cut(String text, int characters) {
            return text.length() <= characters ? text : text.substring(0, characters) + " ...";
        }

        /** Returns a refusal with the message of an exception as its reason. */
        static Refused because(String name, Throwable cause) {
            return new Refused(name, cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    /** Returns a placeholder for no update. */
    static ModelUpdate none() {
        return new Refused("", "");
    }

    /**
     * Returns an update that contains the files of the model.
     *
     * @throws IOException if they are not an artifact that can run
     */
    static Verified verified(ModelFiles model, long fromMicros, long announcedMicros) throws IOException {
        return new Verified(model.pin(), model, fromMicros, announcedMicros);
    }
}

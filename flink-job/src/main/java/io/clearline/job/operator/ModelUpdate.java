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

import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ShippedModel;
import java.io.IOException;
import java.io.Serializable;

/** What became of an announcement, on its way to every subtask: a verified model, or the reason why there is none. */
public sealed interface ModelUpdate extends Serializable {

    /** The announced model, as name@version. */
    String name();

    /**
     * A model whose bytes are as announced.
     *
     * @param pin what names the model
     * @param bytes null where they lie in the plan's store
     * @param fromMicros capture time of the first frames that it is for; 0: each stream's next
     * @param announcedMicros when it was announced, by Kafka's time
     */
    record Verified(ModelPin pin, ShippedModel bytes, long fromMicros, long announcedMicros) implements ModelUpdate {
        @Override
        public String name() {
            return pin.toString();
        }

        /** The same, and where no moment was announced, from the moment of the announcement on. */
        public Verified fromAnnouncement() {
            return fromMicros == 0 ? new Verified(pin, bytes, announcedMicros, announcedMicros) : this;
        }
    }

    /**
     * A model that could not be had.
     *
     * @param reason a sentence for people
     */
    record Refused(String name, String reason) implements ModelUpdate {
        private static final int MAX_NAME_CHARACTERS = 200;
        private static final int MAX_REASON_CHARACTERS = 2000;

        /** Cuts texts that an announcement made longer than any text for people. */
        public Refused {
            name = cut(name, MAX_NAME_CHARACTERS);
            reason = cut(reason, MAX_REASON_CHARACTERS);
        }

        private static String cut(String text, int characters) {
            return text.length() <= characters ? text : text.substring(0, characters) + " ...";
        }

        /** As the exception tells it. */
        static Refused because(String name, Throwable cause) {
            return new Refused(name, cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    /** Stands for no update. */
    static ModelUpdate none() {
        return new Refused("", "");
    }

    /** A model that comes with its bytes. */
    static Verified verified(ShippedModel model, long fromMicros, long announcedMicros) throws IOException {
        return new Verified(model.pin(), model, fromMicros, announcedMicros);
    }
}

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

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Stream ids that no other gateway uses: its instance, then what kind, then a number. Any thread. */
public final class StreamIds {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@/+-]{1,200}");

    private final String instance;
    private final AtomicLong numbers = new AtomicLong();

    /** @param instance unique among the gateways of one Kafka */
    public StreamIds(String instance) {
        this.instance = instance;
    }

    /** The next id. */
    public String next(String kind) {
        return instance + "-" + kind + "-" + numbers.incrementAndGet();
    }

    /** Whether a peer may name its stream so: letters, digits and {@code . _ : @ / + -}, up to 200. */
    public static boolean isAllowed(String streamId) {
        return ALLOWED.matcher(streamId).matches();
    }
}

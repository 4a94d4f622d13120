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

/**
 * Generates stream ids, unique among gateways: the gateway's instance name, the kind of stream, and a number.
 * Thread-safe.
 */
public final class StreamIds {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@/+-]{1,200}");

    private final String instance;
    private final AtomicLong numbers = new AtomicLong();

    /**
     * Makes a generator that counts from 1.
     *
     * @param instance unique among the gateways on one Kafka cluster
     */
    public StreamIds(String instance) {
        this.instance = instance;
    }

    /** Returns the next id, such as {@code gw1-ws-17} for kind {@code ws}. */
    public String next(String kind) {
        return instance + "-" + kind + "-" + numbers.incrementAndGet();
    }

    /** Returns whether a peer may use this id for its stream: 1 to 200 letters, digits and {@code . _ : @ / + -}. */
    public static boolean isAllowed(String streamId) {
        return ALLOWED.matcher(streamId).matches();
    }
}

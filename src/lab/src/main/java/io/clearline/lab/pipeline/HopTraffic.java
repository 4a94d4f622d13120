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
package io.clearline.lab.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests of one hop between Kafka clients and the broker. A request costs much more than a record in it. Immutable.
 *
 * @param requestsPerSecond requests of all clients of the hop
 * @param recordsPerRequest average number of records in a request
 */
public record HopTraffic(double requestsPerSecond, double recordsPerRequest) {
    /** Returns the four hops of a frame in their order, by name. */
    static Map<String, HopTraffic> of(ProcessUse job, ProcessUse generator) {
        Map<String, HopTraffic> hops = new LinkedHashMap<>();
        hops.put("generator to Kafka", sent(generator));
        hops.put("Kafka to job", fetched(job));
        hops.put("job to Kafka", sent(job));
        hops.put("Kafka to listener", fetched(generator));
        return hops;
    }

    private static HopTraffic sent(ProcessUse use) {
        return of(use, KafkaRequests.SEND_REQUESTS, KafkaRequests.RECORDS_SENT);
    }

    private static HopTraffic fetched(ProcessUse use) {
        return of(use, KafkaRequests.FETCH_REQUESTS, KafkaRequests.RECORDS_FETCHED);
    }

    private static HopTraffic of(ProcessUse use, String requests, String records) {
        double count = use.counters().getOrDefault(requests, 0L);
        return new HopTraffic(
                Rounding.of(1e9 * count / use.wallNanos()),
                Rounding.of(use.counters().getOrDefault(records, 0L) / Math.max(1, count)));
    }
}

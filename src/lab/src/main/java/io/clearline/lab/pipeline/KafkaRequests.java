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

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Reads the request and record counts of the Kafka clients of this JVM from their JMX metrics. Stateless. */
final class KafkaRequests {
    static final String RECORDS_SENT = "recordsSent";
    static final String SEND_REQUESTS = "sendRequests";
    static final String RECORDS_FETCHED = "recordsFetched";
    static final String FETCH_REQUESTS = "fetchRequests";

    private static final String PRODUCERS = "kafka.producer:type=producer-metrics,client-id=*";
    private static final String CONSUMERS = "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*";

    private KafkaRequests() {}

    /** Returns the totals so far over all clients, by name. */
    static Map<String, Long> now() {
        Map<String, Long> totals = new TreeMap<>();
        // Includes the producer's other requests, which are few: metadata every few minutes.
        add(totals, RECORDS_SENT, PRODUCERS, "record-send-total");
        add(totals, SEND_REQUESTS, PRODUCERS, "request-total");
        add(totals, RECORDS_FETCHED, CONSUMERS, "records-consumed-total");
        add(totals, FETCH_REQUESTS, CONSUMERS, "fetch-total");
        return totals;
    }

    private static void add(Map<String, Long> totals, String name, String clients, String attribute) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double sum = 0;
        try {
            for (ObjectName client : beans.queryNames(new ObjectName(clients), null)) {
                try {
                    sum += ((Number) beans.getAttribute(client, attribute)).doubleValue();
                } catch (InstanceNotFoundException | AttributeNotFoundException e) {
                    // The client was closed meanwhile or is still being created. A replay creates a producer for
                    // each transaction.
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException("Cannot read the JMX attribute " + attribute + " of " + clients, e);
        }
        totals.put(name, (long) sum);
    }
}

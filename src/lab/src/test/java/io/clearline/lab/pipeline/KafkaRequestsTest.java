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

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class KafkaRequestsTest {
    /** The bean of a client that has not registered its metrics yet. */
    public interface EmptyMBean {}

    /** Implements the bean. */
    public static final class Empty implements EmptyMBean {}

    @Test
    void aClientThatIsBeingCreatedCountsNothing() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("kafka.producer:type=producer-metrics,client-id=being-created");
        long before = KafkaRequests.now().get(KafkaRequests.SEND_REQUESTS);
        beans.registerMBean(new Empty(), name);
        try {
            assertThat(KafkaRequests.now()).containsEntry(KafkaRequests.SEND_REQUESTS, before);
        } finally {
            beans.unregisterMBean(name);
        }
    }
}

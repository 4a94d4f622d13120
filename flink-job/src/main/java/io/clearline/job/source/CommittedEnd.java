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
package io.clearline.job.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the current end of the committed records, which is before the first open transaction. The connector's
 * {@code OffsetsInitializer.latest()} is the end of the log. A reader of committed records reaches that only after the
 * last open transaction has ended, so a bounded source would wait for it.
 */
public final class CommittedEnd implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final Properties settings;

    /** @param settings settings of a Kafka client, including the bootstrap servers */
    public CommittedEnd(Properties settings) {
        this.settings = settings;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever unused) {
        Map<TopicPartition, OffsetSpec> ends =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (Admin admin = Admin.create(settings)) {
            admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .forEach((partition, end) -> offsets.put(partition, end.offset()));
        } catch (ExecutionException e) {
            throw new FlinkRuntimeException("The end of the committed records can't be determined", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Interrupted while determining the end of the committed records", e);
        }
        return offsets;
    }

    @Override
    @SuppressWarnings("deprecation") // The connector still asks for this type of the Kafka client.
    public org.apache.kafka.clients.consumer.OffsetResetStrategy getAutoOffsetResetStrategy() {
        return org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST;
    }
}

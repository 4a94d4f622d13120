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
package io.clearline.kafka.verify;

import io.clearline.kafka.RecordReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the committed records of a job's input and output topics into a {@link Verifier}, while the job runs or
 * afterwards. If the broker is down for a while, it waits. Thread-confined.
 */
public final class TopicVerifier implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Verifier verifier;
    private final RecordReader input;
    private final RecordReader output;

    /**
     * Connects to both topics and starts at their beginning.
     *
     * @param input topic of raw frames
     * @param output topic of enhanced frames
     * @param settings settings of the Kafka client, for example for security; may be empty
     * @throws IOException if Kafka does not let this client read a topic
     */
    public TopicVerifier(Verifier verifier, String bootstrapServers, String input, String output, Properties settings)
            throws IOException {
        this.verifier = verifier;
        this.input = new RecordReader(bootstrapServers, input, settings);
        this.output = new RecordReader(bootstrapServers, output, settings);
    }

    /**
     * Passes the new records of both topics to the verifier.
     *
     * @return the number of records
     * @throws IOException if Kafka no longer lets this client read a topic
     */
    public int poll() throws IOException {
        ConsumerRecords<byte[], byte[]> in = input.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : in) {
            verifier.input(record.key(), record.value());
        }
        ConsumerRecords<byte[], byte[]> out = output.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : out) {
            verifier.output(record.value());
        }
        return in.count() + out.count();
    }

    /** Returns whether every record that is in the topics now has been read; false if the broker does not answer. */
    public boolean isAtEnd() {
        try {
            return input.isAtEnd() && output.isAtEnd();
        } catch (TimeoutException e) {
            return false;
        }
    }

    public Verifier verifier() {
        return verifier;
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}

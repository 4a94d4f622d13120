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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackOwnerTest {
    @ParameterizedTest
    @CsvSource({
        "io.clearline.inference.kernel.VectorTiles, KERNEL",
        "io.clearline.inference.HopBatch, STFT",
        "io.clearline.dsp.RealFft, STFT",
        "io.clearline.schemas.WireCodec, JOB",
        "org.apache.kafka.clients.producer.KafkaProducer, KAFKA_CLIENT",
        "org.apache.flink.connector.kafka.sink.KafkaWriter, FLINK",
        "java.util.HashMap,",
        "org.apache.avro.io.BinaryEncoder,"
    })
    void aClassBelongsToItsOwnerAndALibraryToNone(String name, CpuPart owner) {
        assertThat(StackOwner.ofClass(name)).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({
        "enhance -> frames.enhanced (1/2)#0, OPERATOR",
        "Source: frames.raw -> decode (2/2)#0, TASK",
        "Source Data Fetcher for Source: frames.raw -> decode (1/2)#0, KAFKA_CLIENT",
        "kafka-producer-network-thread | producer-1, KAFKA_CLIENT",
        "flink-pekko.actor.default-dispatcher-5, OTHER"
    })
    void aThreadIsKnownByItsName(String name, ThreadKind kind) {
        assertThat(ThreadKind.of(name)).isEqualTo(kind);
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The serialization of models in checkpoints: their entries, their files, and announcements. */
class ModelEntrySerializerTest {
    private static final ModelEntry ENTRY =
            new ModelEntry(new ModelPin("live-16k", "3", 16_000, "ab", "cd"), 5, 7, "s3://bucket/clearline-models");

    @Test
    void aNameComesBackAsItWasWritten() throws IOException {
        assertThat(copied(ModelEntrySerializer.INSTANCE, ENTRY)).isEqualTo(ENTRY);
    }

    @Test
    void bytesComeBackAsTheyWereWritten() throws IOException {
        ModelFiles model = TestPlans.shipped(TestModels.bandModel(new StftSpec(512, 256)));
        assertThat(copied(ShippedModelSerializer.INSTANCE, model)).isEqualTo(model);
    }

    @Test
    void anAnnouncementComesBackAsItWasWritten() throws IOException {
        Announcement copy = copied(AnnouncementSerializer.INSTANCE, new Announcement(new byte[] {1, 2}, 5, 7));
        assertThat(copy.value()).containsExactly(1, 2);
        assertThat(copy.offset()).isEqualTo(5);
        assertThat(copy.announcedMicros()).isEqualTo(7);
    }

    @Test
    void aNewerVersionIsRefusedInWords() throws IOException {
        for (TypeSerializer<?> serializer : List.of(
                ModelEntrySerializer.INSTANCE, ShippedModelSerializer.INSTANCE, AnnouncementSerializer.INSTANCE)) {
            DataOutputSerializer newer = new DataOutputSerializer(4);
            newer.write(new byte[] {99, 99, 99, 99});
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(newer.getCopyOfBuffer())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("found version ")
                    .hasMessageContaining("Restore with the version of Clearline that wrote");
        }
    }

    private static <T> T copied(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}

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
package io.clearline.job.record;

import io.clearline.schemas.frame.StreamFrame;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's type information of the job's records, which selects their serializers, so that Flink does not fall back to
 * its generic one.
 */
public final class RecordType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    public static final RecordType<RawRecord> RAW = new RecordType<>(RawRecord.class, RawRecordSerializer.INSTANCE);
    public static final RecordType<StreamFrame> FRAME =
            new RecordType<>(StreamFrame.class, StreamFrameSerializer.INSTANCE);
    public static final RecordType<OutputRecord> OUTPUT =
            new RecordType<>(OutputRecord.class, OutputRecordSerializer.INSTANCE);

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    public RecordType(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public String toString() {
        return "RecordType<" + type.getSimpleName() + ">";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType<?> that && that.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordType;
    }
}

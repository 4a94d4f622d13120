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

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes announcements, which are part of a checkpoint while their models are being fetched.
 *
 * <p>Version 1 consists of version, offset, timestamp, and length and bytes of the record.
 */
public final class AnnouncementSerializer extends ImmutableSerializer<Announcement> {
    private static final long serialVersionUID = 1L;

    /** The version that is written. All versions from 1 on can be read. */
    static final int VERSION = 1;

    public static final AnnouncementSerializer INSTANCE = new AnnouncementSerializer();

    @Override
    public Announcement createInstance() {
        return new Announcement(new byte[0], 0, 0);
    }

    @Override
    public void serialize(Announcement announcement, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeLong(announcement.offset());
        target.writeLong(announcement.announcedMicros());
        target.writeInt(announcement.value().length);
        target.write(announcement.value());
    }

    @Override
    public Announcement deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("Expected an announcement in version 1 to " + VERSION + ", found version " + version
                    + ". Restore with the version of Clearline that wrote the checkpoint, or a later one.");
        }
        long offset = source.readLong();
        long announcedMicros = source.readLong();
        byte[] value = new byte[source.readInt()];
        source.readFully(value);
        return new Announcement(value, offset, announcedMicros);
    }

    @Override
    public TypeSerializerSnapshot<Announcement> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. Versions are stored with every announcement. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Announcement> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

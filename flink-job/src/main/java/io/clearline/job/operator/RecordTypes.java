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

import io.clearline.job.record.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Flink's type information for announcements and model updates. */
public final class RecordTypes {
    public static final TypeInformation<Announcement> ANNOUNCEMENT =
            new RecordType<>(Announcement.class, AnnouncementSerializer.INSTANCE);
    public static final TypeInformation<ModelUpdate> MODEL_UPDATE =
            new RecordType<>(ModelUpdate.class, ModelUpdateSerializer.INSTANCE);

    private RecordTypes() {}
}

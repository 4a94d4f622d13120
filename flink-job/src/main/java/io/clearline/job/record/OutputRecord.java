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

/**
 * An encoded record with the topic that it is written to. All topics share this type, so that one producer writes them.
 * The sender may reuse the record and its arrays after passing it on, so a receiver that keeps the record must copy it.
 */
public final class OutputRecord {
    public String topic = "";
    public byte[] key = new byte[0];
    public byte[] value = new byte[0];

    public OutputRecord() {}

    public OutputRecord(String topic, byte[] key, byte[] value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }
}

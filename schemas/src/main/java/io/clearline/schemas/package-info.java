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
/**
 * The wire format of the topics: the records (generated from {@code src/main/avro}), their limits and the codec.
 *
 * <p>Encode and decode with {@link io.clearline.schemas.WireCodec} only. Avro loads a class by its name only if the JVM
 * is configured to trust that class. Clearline does not configure this, so some methods of the generated records do not
 * work here: {@code fromByteBuffer}, {@code newBuilder(other)} and Java serialization.
 *
 * <p>To change a record, change its {@code .avsc} and add the complete schema as the next version to
 * {@code history/<Record>/}. Never change a released version.
 */
package io.clearline.schemas;

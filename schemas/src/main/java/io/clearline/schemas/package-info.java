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
 * What travels through the topics: the records (generated from {@code src/main/avro}), their limits and the codec.
 *
 * <p>Encode and decode with {@link io.clearline.schemas.WireCodec} only. Avro loads no class by name unless the whole
 * JVM is told to trust it, so what the generated records offer beside it does not work here: {@code fromByteBuffer},
 * {@code newBuilder(other)} and Java serialization.
 *
 * <p>To change a record: change its {@code .avsc}, and add the whole schema as the next version to
 * {@code history/<Record>/}. A version that was released stays as it is.
 */
package io.clearline.schemas;

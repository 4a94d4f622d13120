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

/**
 * What came out of one stream, for comparison with another run over the same input.
 *
 * @param frames number of different frames that came out
 * @param samples of all of them
 * @param sha256 of the records as they lie in the topic, each once, in the order of their first coming
 * @param firstSequence number of the first frame in {@code frameHashes}
 * @param frameHashes the first 8 bytes of each record's SHA-256, big-endian, Base64; zeros where no frame came
 */
public record StreamResult(long frames, long samples, String sha256, long firstSequence, String frameHashes) {}
